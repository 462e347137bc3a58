package proof

import (
	"errors"
	"fmt"
	"slices"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// Report is what is known of a questionnaire after a proof.
type Report struct {
	Faults    []Finding // what its author should mend
	Notes     []Finding // what its author should know
	Proved    int       // how many statements hold for all answers there are
	NotProved []string  // each statement that could not be decided, and why
}

// Finding is one thing that was found, and the answers that show it.
type Finding struct {
	Message string
	// Cases are the shortest answers that show it, scored, each as a worked example that
	// expects what comes out. There are none when the point is that no answers exist.
	Cases []questionnaire.Example
}

// Prove searches the answers to a questionnaire that was loaded and checked. The error
// says that package scoring refuses the questionnaire.
func Prove(q *questionnaire.Questionnaire) (*Report, error) {
	p, err := newProver(q)
	if err != nil {
		return nil, err
	}
	for i := range q.Examples {
		if result, err := p.program.Score(scoring.InputOf(&q.Examples[i])); err == nil {
			p.results = append(p.results, result)
		}
	}
	if strange := unknownOf("the questionnaire", *q); strange != "" {
		p.report.NotProved = append(p.report.NotProved, strange)
	}
	p.reachEverything()
	p.bandEveryone()
	p.climbLevels()
	p.holdHarm()
	p.holdUrgency()
	return &p.report, nil
}

// ProveSafety is Prove for what can hurt somebody alone: harm in the lowest level, and what must hold of urgent
// flags. It takes a fraction of a second where Prove may take many. The error is that of Prove.
func ProveSafety(q *questionnaire.Questionnaire) (*Report, error) {
	p, err := newProver(q)
	if err != nil {
		return nil, err
	}
	p.holdHarm()
	p.holdUrgency()
	return &p.report, nil
}

func newProver(q *questionnaire.Questionnaire) (*prover, error) {
	program, err := scoring.Compile(q)
	if err != nil {
		return nil, err
	}
	return &prover{q: q, program: program, left: maxTotal, splitFrom: splitFrom}, nil
}

// maxTotal is how many steps all searches of one questionnaire may take together.
const maxTotal = 4_000_000

// maxNodes is how many formulas are kept from one search to the next.
const maxNodes = 300_000

// prover proves one questionnaire.
type prover struct {
	q       *questionnaire.Questionnaire
	program *scoring.Program
	results []scoring.Result // of the worked examples
	t       *translator
	left    int // steps
	// splitFrom is how many options make a multiple item several variables.
	splitFrom int
	report    Report
}

// fresh gives the translator, a new one when the last has grown too large.
func (p *prover) fresh() *translator {
	if p.t == nil || len(p.t.pool.nodes) > maxNodes {
		p.t = newTranslator(p.q, p.splitFrom)
	}
	return p.t
}

// search finds the shortest answers to a goal. Nil without an error: there are none.
func (p *prover) search(build func(*translator) formula) (choice, error) {
	t := p.fresh()
	goal, err := t.translate(func() formula { return build(t) })
	if err != nil {
		return nil, err
	}
	return p.find(goal)
}

// find is search for a formula of the present translator.
func (p *prover) find(goal formula) (choice, error) {
	steps := min(maxSteps, p.left)
	before := steps
	found, ok, err := p.t.pool.find(p.t.possible(goal), &steps)
	p.left -= before - steps
	if err != nil || !ok {
		return nil, err
	}
	return found, nil
}

// fault reports what is wrong.
func (p *prover) fault(cases []questionnaire.Example, format string, args ...any) {
	p.report.Faults = append(p.report.Faults, Finding{fmt.Sprintf(format, args...), cases})
}

// undecided reports what could not be decided.
func (p *prover) undecided(statement string, why error) {
	p.report.NotProved = append(p.report.NotProved, fmt.Sprintf("%s: %v", statement, why))
}

// errDisagree says that package scoring does not come to what the search has found.
var errDisagree = errors.New("the proof and the scoring disagree, which is a fault of this program: please report it")

// confirm scores a choice and makes a worked example of it, provided that what was searched
// for comes out.
func (p *prover) confirm(found choice, name string, sought func(scoring.Result) bool) (questionnaire.Example, error) {
	return p.confirmInput(p.t.input(found), name, sought)
}

func (p *prover) confirmInput(in scoring.Input, name string, sought func(scoring.Result) bool) (questionnaire.Example, error) {
	result, err := p.program.Score(in)
	if err != nil || !sought(result) {
		return questionnaire.Example{}, errDisagree
	}
	return exampleOf(name, in, result), nil
}

// input is the answers of a choice, without those to items that are hidden.
func (t *translator) input(found choice) scoring.Input {
	found = t.settle(found)
	in := scoring.Input{Answers: map[questionnaire.ItemID]questionnaire.Answer{}}
	for i := range t.pool.variables {
		v := &t.pool.variables[i]
		if len(v.classes) == 0 || v.kind == chosen {
			continue
		}
		class := v.classes[found[i]]
		switch {
		case !class.answered:
		case v.item == nil:
			age := int(class.value)
			in.Age = &age
		case !t.isShown(v.item, found):
		case v.kind == split:
			in.Answers[v.item.ID] = t.codes(i, found)
		default:
			in.Answers[v.item.ID] = class.answer
		}
	}
	return in
}

// settle chooses an option of each split item of which none has been chosen because it did not matter.
func (t *translator) settle(found choice) choice {
	found = slices.Clone(found)
	for i := range t.pool.variables {
		if t.pool.variables[i].kind == split && t.pool.variables[i].other == nil && len(t.codes(i, found).Codes) == 0 {
			found[i+1] = 1
		}
	}
	return found
}

// codes is the answer to the split item at a variable.
func (t *translator) codes(at int, found choice) questionnaire.Answer {
	var codes []int
	for i := at + 1; i < len(found) && t.pool.variables[i].kind == chosen; i++ {
		if found[i] == 1 {
			codes = append(codes, t.pool.variables[i].option)
		}
	}
	if other := t.pool.variables[at].other; codes == nil && other != nil {
		codes = []int{*other}
	}
	return questionnaire.Answer{Codes: codes}
}

// isShown tells whether an item is shown to whoever gives the answers of a choice.
func (t *translator) isShown(item *questionnaire.Item, found choice) bool {
	f := t.shown(item)
	for _, v := range members(t.pool.nodes[f].vars) {
		f = t.pool.assign(f, v, found[v])
	}
	return f == always
}

// exampleOf is a worked example that expects what comes out.
func exampleOf(name string, in scoring.Input, result scoring.Result) questionnaire.Example {
	expect := questionnaire.Expectation{
		Scores: map[questionnaire.ScoreID]*float64{},
		Band:   result.Band.ID,
		Flags:  slices.Clone(result.Flags),
		Advice: append([]string{}, result.Advice...),
	}
	for _, s := range result.Scores {
		expect.Scores[s.ID] = nil
		if s.OK {
			expect.Scores[s.ID] = &s.Value
		}
	}
	for _, c := range result.Criteria {
		if c.Met {
			expect.Criteria = append(expect.Criteria, c.ID)
		}
	}
	if len(result.Guidance) > 0 {
		expect.Guidance = map[string][]string{}
	}
	for _, section := range result.Guidance {
		expect.Guidance[section.ID] = slices.Clone(section.Steps)
	}
	expect.Suggest = slices.Clone(result.Suggest)
	return questionnaire.Example{Name: name, Age: in.Age, Sex: in.Sex, Answers: in.Answers, Expect: expect}
}
