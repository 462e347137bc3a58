package source

// Suggest gives the known word that is most like the wrong one, "" when none is
// near enough to be what was meant.
func Suggest(wrong string, known []string) string {
	from := []rune(wrong)
	best, limit := "", min(3, max(1, len(from)/3))+1
	row := make([]int, 0, 64)
	for _, candidate := range known {
		to := []rune(candidate)
		if candidate == wrong || len(to)-len(from) >= limit || len(from)-len(to) >= limit {
			continue
		}
		if d := distance(from, to, row, limit); d < limit {
			best, limit = candidate, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete, replace or swap with their
// neighbour (each pair once) to make one word of the other; limit stands for "or more".
func distance(from, to []rune, row []int, limit int) int {
	previous, before := make([]int, len(to)+1), make([]int, len(to)+1)
	row = append(row[:0], make([]int, len(to)+1)...)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(from); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(to); j++ {
			cost := 1
			if from[i-1] == to[j-1] {
				cost = 0
			}
			row[j] = min(previous[j]+1, row[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit
		}
		before, previous, row = previous, row, before
	}
	return previous[len(to)]
}
