package api

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"predah/internal/questionnaire"
	"predah/internal/scoring"
)

// readObject reads the body's object. The error is of the JSON itself; what is
// wrong with single fields is noted.
func (b *scoreBody) readObject() (hasAnswers bool, err error) {
	err = b.members("", saysObject, func(name string) error {
		switch name {
		case "version":
			return b.readVersion()
		case "language":
			return b.readLanguage()
		case "subject":
			return b.readSubject()
		case "receipts":
			return b.readWhole("/receipts", saysReceipts, 1, maxReceipts, func(count int) { b.receipts = count })
		case "answers":
			hasAnswers = true
			return b.members("/answers", saysObject, b.readAnswer)
		}
		return b.unknownField("", name)
	})
	return hasAnswers, err
}

// members reads an object and calls read for each of its names, which must read the
// value. Anything else than an object is noted as of the wrong kind, and skipped.
func (b *scoreBody) members(pointer string, expected saying, read func(name string) error) error {
	if b.decoder.PeekKind() != '{' {
		return b.skip(WrongKind, pointer, expected)
	}
	if _, err := b.decoder.ReadToken(); err != nil {
		return err
	}
	for b.decoder.PeekKind() != '}' {
		name, err := b.decoder.ReadValue()
		if err != nil {
			return err
		}
		if err := read(b.name(name)); err != nil {
			return err
		}
	}
	_, err := b.decoder.ReadToken()
	return err
}

// name returns a member's name. Those of the questionnaire's items cost no memory.
func (b *scoreBody) name(quoted jsontext.Value) string {
	if item, ok := b.kinds[string(quoted[1:len(quoted)-1])]; ok {
		return string(item.id)
	}
	unquoted, err := jsontext.AppendUnquote(nil, quoted)
	if err != nil {
		return ""
	}
	return string(unquoted)
}

// skip notes what is wrong with the next value and reads past it.
func (b *scoreBody) skip(slug Slug, pointer string, expected saying) error {
	if err := b.decoder.SkipValue(); err != nil {
		return err
	}
	b.refuse(slug, pointer, expected)
	return nil
}

// unknownField notes a field that the call does not know.
func (b *scoreBody) unknownField(object, name string) error {
	return b.skip(UnknownField, pointerTo(object, name), saysSlug)
}

// readText reads a string into its place; other kinds are noted.
func (b *scoreBody) readText(pointer string, expected saying, use func(text string)) error {
	if b.decoder.PeekKind() != '"' {
		return b.skip(WrongKind, pointer, expected)
	}
	token, err := b.decoder.ReadToken()
	if err == nil {
		use(token.String())
	}
	return err
}

// readVersion reads the version that was answered.
func (b *scoreBody) readVersion() error {
	return b.readText("/version", saysVersion, func(text string) {
		if text == "" || len(text) > maxNameLength/2 {
			b.refuse(WrongKind, "/version", saysVersion)
			return
		}
		b.version = text
	})
}

// readLanguage reads the language of the result.
func (b *scoreBody) readLanguage() error {
	return b.readText("/language", saysLanguage, func(text string) {
		for _, language := range questionnaire.Languages() {
			if text == string(language) {
				b.language = language
				return
			}
		}
		b.refuse(UnknownOption, "/language", saysLanguage)
	})
}

// readSubject reads who the answers are about. What is null is not said.
func (b *scoreBody) readSubject() error {
	if b.decoder.PeekKind() == 'n' {
		return b.decoder.SkipValue()
	}
	return b.members("/subject", saysObject, func(name string) error {
		if (name == "age" || name == "sex") && b.decoder.PeekKind() == 'n' {
			return b.decoder.SkipValue()
		}
		switch name {
		case "age":
			return b.readWhole("/subject/age", saysAge, 0, questionnaire.MaxAge, func(years int) {
				b.age = optional[int]{Value: years, given: true}
			})
		case "sex":
			return b.readText("/subject/sex", saysSex, func(sex string) {
				var ok bool
				if b.sex, ok = questionnaire.ParseSex(sex); !ok {
					b.refuse(UnknownOption, "/subject/sex", saysSex)
				}
			})
		}
		return b.unknownField("/subject", name)
	})
}

// readWhole reads a whole number within bounds; others are noted.
func (b *scoreBody) readWhole(pointer string, expected saying, least, most int, use func(int)) error {
	if b.decoder.PeekKind() != '0' {
		return b.skip(WrongKind, pointer, expected)
	}
	raw, err := b.decoder.ReadValue()
	if err != nil {
		return err
	}
	value, whole := questionnaire.ParseWhole(raw)
	switch {
	case !whole:
		b.refuse(WrongKind, pointer, expected)
	case value < least || value > most:
		b.refuse(OutOfBounds, pointer, expected)
	default:
		use(value)
	}
	return nil
}

// readAnswer reads the answer to one item. What is no answer of any kind is kept
// as one that scoring refuses for what the item is: unknown, hidden or of another kind.
func (b *scoreBody) readAnswer(name string) error {
	item, known := b.kinds[name]
	raw, err := b.decoder.ReadValue()
	if err != nil || known && raw.Kind() == 'n' {
		return err
	}
	var answer questionnaire.Answer
	if answer.UnmarshalJSON(raw) != nil && item.kind != questionnaire.Multiple {
		answer.Codes = []int{}
	}
	if known {
		b.entries[item.place] = scoring.Entry{Answer: answer, Given: true}
	} else {
		b.strange = append(b.strange, questionnaire.ItemID(name))
	}
	return nil
}

// speakablePointer reports whether every name in a pointer may be said back.
func speakablePointer(pointer string) bool {
	for name := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if pointer != "" && !speakable(name) {
			return false
		}
	}
	return true
}
