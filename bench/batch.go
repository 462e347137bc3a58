package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strconv"
	"time"

	"predah/internal/batch"
	"predah/internal/questionnaire"
)

const batchItems = 12

// twelve is a questionnaire of twelve items with what most have: two scores, three
// criteria and four bands.
func twelve() *questionnaire.Questionnaire {
	q := &questionnaire.Questionnaire{ID: "twelve"}
	var options []questionnaire.Option
	for code := range 5 {
		options = append(options, questionnaire.Option{Code: code, Points: float64(code)})
	}
	var parts []questionnaire.Part
	for i := range batchItems {
		id := questionnaire.ItemID("item-" + strconv.Itoa(i+1))
		q.Items = append(q.Items, questionnaire.Item{ID: id, Kind: questionnaire.Single, Options: options})
		parts = append(parts, questionnaire.Part{Item: id, Weight: 1})
	}
	q.Scores = []questionnaire.Score{
		{ID: "total", Method: questionnaire.Sum, Of: parts, Max: 48},
		{ID: "harm", Method: questionnaire.Sum, Of: parts[8:], Max: 16},
	}
	often := func(i int) *questionnaire.Condition {
		return &questionnaire.Condition{
			Item: q.Items[i].ID, Test: questionnaire.Comparison{Operator: questionnaire.AtLeast, Values: []float64{3}},
		}
	}
	var met []*questionnaire.Condition
	for i, id := range []questionnaire.CriterionID{"control", "priority", "continuation"} {
		q.Criteria = append(q.Criteria, questionnaire.Criterion{
			ID: id, When: &questionnaire.Condition{AtLeast: 2, Of: []*questionnaire.Condition{often(3 * i), often(3*i + 1), often(3*i + 2)}},
		})
		met = append(met, &questionnaire.Condition{Criterion: id})
	}
	q.Bands = []questionnaire.Band{
		{ID: "talk", Level: 4, When: &questionnaire.Condition{All: met}},
		{ID: "change", Level: 3, When: &questionnaire.Condition{AtLeast: 2, Of: met}},
		{ID: "watch", Level: 2, When: &questionnaire.Condition{Any: met}},
		{ID: "keep", Level: 1},
	}
	return q
}

// table is a CSV file of answers to the questionnaire, the same in every run. What one person
// answers goes together, as it does in a scale; without that omega is slow to be found, if at all.
func table(q *questionnaire.Questionnaire, rows int) []byte {
	var out bytes.Buffer
	for i := range q.Items {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(string(q.Items[i].ID))
	}
	chance := rand.New(rand.NewPCG(1, 2))
	for range rows {
		usual := chance.IntN(5)
		for i := range q.Items {
			separator := byte(',')
			if i == 0 {
				separator = '\n'
			}
			out.WriteByte(separator)
			out.WriteByte('0' + byte(min(max(usual+chance.IntN(3)-1, 0), 4)))
		}
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// addUp is the plain loop to compare with: it reads the table and adds up each row.
func addUp(table []byte) (int, error) {
	reader := csv.NewReader(bytes.NewReader(table))
	reader.ReuseRecord = true
	if _, err := reader.Read(); err != nil {
		return 0, err
	}
	total := 0
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return total, nil
		}
		if err != nil {
			return 0, err
		}
		for _, cell := range cells {
			number, err := strconv.Atoi(cell)
			if err != nil {
				return 0, err
			}
			total += number
		}
	}
}

// measureBatch scores a file of answers in turns with the plain loop, which has one core:
// first with one core too, then with all there are.
func (r *run) measureBatch() ([]row, error) {
	q := twelve()
	in := table(q, r.batchRows)
	rate, alone, err := r.compareBatch(q, in, 1)
	if err != nil {
		return nil, err
	}
	_, together, err := r.compareBatch(q, in, runtime.NumCPU())
	if err != nil {
		return nil, err
	}
	return []row{
		{what: fmt.Sprintf("scoring a CSV file of %d items on one core, summary included", batchItems),
			figure: fmt.Sprintf("%.0f rows/s", rate), aim: "at least 200,000 rows/s", met: rate >= 200_000},
		{what: "… with all cores, beside a plain `encoding/csv` loop that adds up the rows",
			figure: fmt.Sprintf("%.2f", together), aim: "at least 0.50", met: together >= 0.5},
		{what: "… with one core, beside the same loop", figure: fmt.Sprintf("%.2f", alone), aim: "none"},
	}, nil
}

// compareBatch gives the rows a second, and how that compares with the plain loop.
func (r *run) compareBatch(q *questionnaire.Questionnaire, in []byte, cores int) (rate, ratio float64, err error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	var rates, ratios []float64
	for range r.turns {
		start := time.Now()
		if _, err := addUp(in); err != nil {
			return 0, 0, fmt.Errorf("add up the table: %w", err)
		}
		plain := time.Since(start)
		start = time.Now()
		job := batch.Job{Questionnaire: q, From: batch.CSV, To: batch.CSV, Workers: cores, Reject: func(batch.Rejected) {}}
		summary, err := batch.Score(job, bytes.NewReader(in), io.Discard)
		if err != nil {
			return 0, 0, fmt.Errorf("score the table: %w", err)
		}
		if summary.Rows != r.batchRows {
			return 0, 0, fmt.Errorf("%d of %d rows were scored", summary.Rows, r.batchRows)
		}
		ours := time.Since(start)
		rates = append(rates, float64(r.batchRows)/ours.Seconds())
		ratios = append(ratios, plain.Seconds()/ours.Seconds())
	}
	return median(rates), median(ratios), nil
}
