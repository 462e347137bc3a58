package scoring

// inOrder sorts values that refer to each other by index, so that each comes after
// all it needs. When that cannot be, circular is one that needs itself.
func inOrder[T any](all []T, needs func(*T) []int) (ordered []T, circular *T) {
	const (
		untouched = iota
		open      // what it needs is being placed
		placed
	)
	state := make([]uint8, len(all))
	var place func(int)
	place = func(i int) {
		switch state[i] {
		case open:
			circular = &all[i]
			return
		case placed:
			return
		}
		state[i] = open
		for _, need := range needs(&all[i]) {
			place(need)
		}
		state[i] = placed
		ordered = append(ordered, all[i])
	}
	for i := range all {
		place(i)
	}
	return ordered, circular
}
