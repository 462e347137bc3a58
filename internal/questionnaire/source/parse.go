package source

import (
	"errors"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"predah/internal/questionnaire"
)

// maxDepth is how deep indented lines may be nested, and how deep brackets.
const maxDepth = 40

// maxNodes is how many keys and values a file may have, which bounds the work with it.
const maxNodes = 150_000

// parse gives the tree of a file, or nil when there is none to speak of.
func parse(name string, data []byte) (*node, questionnaire.Problems) {
	text, problem := checkText(name, data)
	if problem != nil {
		return nil, questionnaire.Problems{*problem}
	}
	b := &builder{name: name}
	body := b.syntax(string(text))
	if body == nil {
		if len(b.problems) == 0 {
			b.report(place{1, 1}, "the file is empty")
		}
		return nil, b.problems
	}
	root := b.build(body, place{1, 1})
	return root, b.problems
}

// syntax runs the YAML parser, and answers for it should it ever panic.
func (b *builder) syntax(text string) (body *yaml.Node) {
	defer func() {
		if recover() != nil {
			b.report(place{1, 1}, unreadable)
			body = nil
		}
	}()
	var documents []yaml.Node
	limits := loaderlimits.New(loaderlimits.DepthValue(maxDepth))
	if err := yaml.Load([]byte(text), &documents, yaml.WithAllDocuments(), yaml.WithPlugin(limits)); err != nil {
		b.reportSyntax(text, err)
		return nil
	}
	for _, document := range documents {
		content := document.Content[0]
		switch {
		case isNothing(content): // between lines `---`
		case body == nil:
			body = content
			if at := placeOf(&document); strings.HasPrefix(from(text, at), "%") {
				b.refuse('%', at)
			}
		default:
			b.report(placeOf(content), "a second document begins here; a file holds one (delete the line `---` before it)")
			return nil
		}
	}
	if body != nil && b.check(body) > maxNodes {
		b.report(place{}, "the file has more than %d keys and values", maxNodes)
	}
	if len(b.problems) > 0 {
		return nil
	}
	return body
}

const unreadable = "the YAML cannot be read; check indentation, colons and quotes"

// isNothing tells whether a value is not written at all.
func isNothing(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 && n.Anchor == ""
}

// check refuses what is not used here, before anything is made of it, and counts the nodes.
func (b *builder) check(n *yaml.Node) int {
	at := placeOf(n)
	switch {
	case n.Kind == yaml.AliasNode:
		b.refuse('*', at)
	case n.Anchor != "":
		b.refuse('&', at)
	case n.Style&yaml.TaggedStyle != 0, n.Tag == "!":
		b.refuse('!', at)
	}
	count := 1
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && child.Tag == "!!merge" {
			b.report(placeOf(child), "merge keys (`<<`) are not used here; write the keys out")
		}
		count += b.check(child)
	}
	return count
}

// refused are the signs with which begins what is not used here.
var refused = map[byte]string{'&': "anchors", '*': "aliases", '!': "tags", '%': "directives"}

func (b *builder) refuse(sign byte, at place) {
	b.report(at, "%s (`%c`) are not used here; if this is text, put it in quotes", refused[sign], sign)
}

func (b *builder) reportSyntax(text string, err error) {
	var syntax *yaml.LoadError
	if !errors.As(err, &syntax) || syntax.Mark.Line == 0 {
		b.report(place{1, 1}, unreadable)
		return
	}
	at := place{syntax.Mark.Line, syntax.Mark.Column}
	begin := at // of what the parser was reading
	if syntax.ContextMark.Line > 0 {
		begin = place{syntax.ContextMark.Line, syntax.ContextMark.Column}
	}
	first := from(text, begin)
	switch {
	case first != "" && refused[first[0]] != "":
		b.refuse(first[0], begin)
	case strings.Contains(syntax.Message, "max depth"):
		b.report(at, "this is nested too deeply")
	default:
		at, message := plainSyntax(syntax, text, at, begin)
		b.report(at, "this is not valid YAML: %s", message)
	}
}

// plainSyntax turns the parser's terms into what an author can look for, and where: at the place
// where it stopped, or where that begins which it was reading.
func plainSyntax(syntax *yaml.LoadError, text string, at, begin place) (place, string) {
	const pair = "a `key: value` line is expected here; check the colon and the indentation here and on the lines around, and put text with a colon in it in quotes"
	rest := from(text, at)
	ended := strings.TrimSpace(rest) == ""
	says := func(part string) bool { return strings.Contains(syntax.Message, part) }
	switch {
	case strings.HasPrefix(rest, "\t"):
		return at, "a tab stands here; indent with spaces"
	case says("unexpected end of stream"), says("unexpected document indicator"):
		return begin, "a quotation mark is opened here and never closed"
	case ended && says("expected ','"):
		return begin, "a bracket is opened here and never closed"
	case ended && strings.Contains(syntax.ContextMsg, "flow"):
		return end(text), "a bracket is opened here or before and never closed"
	case says("expected ','"):
		return at, "a comma or a closing bracket is missing here or before"
	case says("'-' indicator"):
		return at, "a list entry, which begins with `- `, is expected here; check the indentation here and on the lines around"
	case says("node content"), says("cannot start"):
		return at, "nothing can begin with this sign; if it is text, put it in quotes"
	case says("expected ':'"):
		return begin, pair
	case says("expected key"), says("keys are not allowed"), says("values are not allowed"), says("<document start>"):
		return at, pair
	default:
		return at, syntax.Message + "; check indentation, colons and quotes here and on the lines around"
	}
}

// from is the text from a place on.
func from(text string, at place) string {
	for range at.line - 1 {
		_, text, _ = strings.Cut(text, "\n")
	}
	for range at.column - 1 {
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	return text
}

// end is the place of the last letter or sign of a text.
func end(text string) place {
	text = strings.TrimRight(text, " \t\n")
	return place{1 + strings.Count(text, "\n"), utf8.RuneCountInString(text[strings.LastIndex(text, "\n")+1:])}
}
