package source

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"predah/internal/questionnaire"
)

// maxColumn is the last column at which a key or a dash of block YAML may stand, which
// bounds how deep the parser has to follow.
const maxColumn = 100

// maxTokens bounds the work of the parser, whose time grows faster than the file.
const maxTokens = 300_000

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
	root := b.build(body, place{1, 1}, 0)
	return root, b.problems
}

// syntax runs the YAML parser, and answers for it should it ever panic.
func (b *builder) syntax(text string) (body ast.Node) {
	defer func() {
		if recover() != nil {
			b.report(place{1, 1}, "the YAML cannot be read; check indentation, colons and quotes")
			body = nil
		}
	}()
	tokens := lexer.Tokenize(text)
	if !b.checkTokens(tokens) {
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		b.reportSyntax(err)
		return nil
	}
	for _, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case body == nil:
			body = doc.Body
		default:
			b.report(placeOf(doc.Body, place{1, 1}), "a second document begins here; a file holds one (delete the line `---` before it)")
			return nil
		}
	}
	return body
}

// checkTokens refuses what is not used here, before anything can be made of it.
func (b *builder) checkTokens(tokens token.Tokens) bool {
	if len(tokens) > maxTokens {
		b.report(place{}, "the file has more than %d words and signs", maxTokens)
		return false
	}
	flow := 0
	for _, t := range tokens {
		at := place{t.Position.Line, max(t.Position.Column, 1)}
		begins := t.NextType() == token.MappingValueType // a key; text may stand anywhere
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.SequenceEntryType, token.MappingKeyType:
			begins = true
		default:
			if text := refused(t.Type); text != "" {
				b.report(at, "%s", text)
			}
		}
		if flow > maxDepth || flow <= 0 && begins && at.column > maxColumn {
			b.report(at, "this is nested too deeply")
			return false
		}
	}
	return len(b.problems) == 0
}

// refused says why a kind of token is not accepted, "" when it is.
func refused(t token.Type) string {
	switch t {
	case token.AnchorType:
		return "anchors (`&`) are not used here; if this is text, put it in quotes"
	case token.AliasType:
		return "aliases (`*`) are not used here; if this is text, put it in quotes"
	case token.MergeKeyType:
		return "merge keys (`<<`) are not used here; write the keys out"
	case token.TagType:
		return "tags (`!`) are not used here; if this is text, put it in quotes"
	case token.DirectiveType:
		return "directives (`%`) are not used here; if this is text, put it in quotes"
	default:
		return ""
	}
}

func (b *builder) reportSyntax(err error) {
	at, message := place{1, 1}, "cannot be parsed"
	var syntax yaml.Error
	if errors.As(err, &syntax) {
		message = syntax.GetMessage()
		if t := syntax.GetToken(); t != nil && t.Position != nil && t.Position.Line > 0 {
			at = place{t.Position.Line, max(t.Position.Column, 1)}
		}
	}
	b.report(at, "this is not valid YAML: %s", plainSyntax(message))
}

// plainSyntax turns the parser's terms into what an author can look for.
func plainSyntax(message string) string {
	switch {
	case strings.Contains(message, "\t") || strings.Contains(message, "tab"):
		return "a tab stands here; indent with spaces"
	case strings.Contains(message, "could not find end character"):
		return "a quotation mark is opened here and never closed"
	case strings.Contains(message, "must be terminated") || strings.Contains(message, "could not find flow map") || strings.Contains(message, "sequence end token"):
		return "a bracket is opened here and never closed"
	case strings.Contains(message, "must be specified"):
		return "a comma or a closing bracket is missing here or before"
	case strings.Contains(message, "unexpected key name"), strings.Contains(message, "non-map value"),
		strings.Contains(message, "value is not allowed in this context"):
		return "a `key: value` line is expected here; check the colon and the indentation here and on the lines around, and put text with a colon in it in quotes"
	default:
		return message + "; check indentation, colons and quotes here and on the lines around"
	}
}
