package seal

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Code is the recovery code of a vault: 128 random bits from which all its keys follow.
type Code [16]byte

const (
	// alphabet is Crockford's: no I, L, O or U.
	alphabet    = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeSymbols = 28
	groupLength = 4
	codeGroups  = codeSymbols / groupLength
)

// NewCode draws a code.
func NewCode() Code {
	var c Code
	_, _ = rand.Read(c[:]) // never fails since Go 1.24
	return c
}

// String writes the code as people see it: 28 symbols in seven groups, of which the last
// 12 bits check the others.
func (c Code) String() string {
	check := c.check()
	bits := append(c[:], check[:]...)
	var b strings.Builder
	for i := range codeSymbols {
		if i > 0 && i%groupLength == 0 {
			b.WriteByte('-')
		}
		at := i * 5
		two := uint(bits[at/8])<<8 | uint(bits[at/8+1])
		b.WriteByte(alphabet[two>>(11-at%8)&31])
	}
	return b.String()
}

// check returns the check bits: the first 12 of a hash, the last four bits are zero.
func (c Code) check() [2]byte {
	sum := sha256.Sum256(append([]byte("predah/v1/code"), c[:]...))
	return [2]byte{sum[0], sum[1] & 0xf0}
}

// Fault is what is wrong with a code that was typed.
type Fault string

// The faults of codes.
const (
	FaultSymbol Fault = "symbol" // a sign that is no symbol
	FaultLength Fault = "length" // too few or too many symbols
	FaultCheck  Fault = "check"  // the check bits do not match
)

// CodeError says what is wrong with a code that was typed, and where. It holds nothing of
// the code.
type CodeError struct {
	Fault Fault `json:"kind"`
	// Groups are the groups, from 1, that are wrong or, for FaultCheck, may be: those in
	// which one other symbol, or two neighbours swapped, would make the check match.
	// There may be none.
	Groups []int `json:"groups"`
}

// Error says it to who typed the code.
func (e *CodeError) Error() string {
	where := ""
	if len(e.Groups) > 0 {
		where = "; look at group " + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(e.Groups)), ", "), "[]")
	}
	switch e.Fault {
	case FaultSymbol:
		return "the code has a sign that no code has" + where
	case FaultLength:
		return "the code is not 28 symbols long" + where
	default:
		return "the code has a typing mistake" + where
	}
}

// ParseCode reads a code as people type or paste it: in either case, with I and L for 1 and O for 0,
// with or without spaces, dashes and dots, in quotes or brackets, full width, with signs in it that
// cannot be seen. Errors are of type *CodeError.
func ParseCode(typed string) (Code, error) {
	var symbols []rune
	var ends []int // of each chunk between separators
	for _, chunk := range strings.FieldsFunc(strings.Map(plain, typed), isSeparator) {
		chunk = strings.TrimFunc(chunk, isAround)
		if chunk == "" {
			continue
		}
		symbols = append(symbols, []rune(chunk)...)
		ends = append(ends, len(symbols))
	}
	values := make([]int, len(symbols))
	for i, symbol := range symbols {
		if values[i] = symbolValue(symbol); values[i] < 0 {
			return Code{}, &CodeError{FaultSymbol, []int{groupAt(i, ends)}}
		}
	}
	if len(values) != codeSymbols {
		return Code{}, &CodeError{FaultLength, shortOrLong(len(values), ends)}
	}
	code, ok := decode(values)
	if !ok {
		return Code{}, &CodeError{FaultCheck, suspects(values)}
	}
	return code, nil
}

// plain drops what cannot be seen and is no space, and folds signs of full width to ASCII.
func plain(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return r
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return -1
	case r >= '\uff01' && r <= '\uff5e':
		return r - '\uff01' + '!'
	}
	return r
}

// isSeparator tells spaces, the blank of Braille, and what stands for a dash or a dot between groups.
func isSeparator(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune("_.\u2800\u00b7\u2022\u2024\u2026\u2027\u2043\u2212\u2219\u22c5\u3002\uff61\uff65", r)
}

// isAround tells what a code stands in where it is pasted from: quotes, brackets, marks of a format.
func isAround(r rune) bool { return unicode.In(r, unicode.P, unicode.Sm, unicode.Sk) }

func symbolValue(r rune) int {
	if r >= 'a' && r <= 'z' {
		r -= 'a' - 'A'
	}
	switch r {
	case 'I', 'L':
		return 1
	case 'O':
		return 0
	}
	return strings.IndexRune(alphabet, r)
}

// groupAt returns the group of the symbol at an index: as it was typed, if in seven groups.
func groupAt(index int, ends []int) int {
	if len(ends) != codeGroups {
		return min(index/groupLength, codeGroups-1) + 1
	}
	return slices.IndexFunc(ends, func(end int) bool { return index < end }) + 1
}

func shortOrLong(length int, ends []int) []int {
	if len(ends) != codeGroups {
		return []int{groupAt(length, nil)}
	}
	var wrong []int
	start := 0
	for i, end := range ends {
		if end-start != groupLength {
			wrong = append(wrong, i+1)
		}
		start = end
	}
	return wrong
}

// decode returns the code that 28 symbols stand for, if their check bits match.
func decode(values []int) (code Code, ok bool) {
	var bits [len(code) + 2]byte
	for i, value := range values {
		for bit := range 5 {
			at := i*5 + bit
			bits[at/8] |= byte(value>>(4-bit)&1) << (7 - at%8)
		}
	}
	code = Code(bits[:len(code)])
	return code, code.check() == [2]byte(bits[len(code):])
}

// suspects returns the groups in which one other symbol, or two neighbours swapped, would
// make the check match.
func suspects(values []int) []int {
	found := map[int]bool{}
	tried := slices.Clone(values)
	matches := func() bool { _, ok := decode(tried); return ok }
	for i, value := range values {
		for other := range len(alphabet) {
			if tried[i] = other; other != value && matches() {
				found[i/groupLength+1] = true
			}
		}
		tried[i] = value
		if i+1 == len(values) || values[i+1] == value {
			continue
		}
		tried[i], tried[i+1] = values[i+1], value
		if matches() {
			found[i/groupLength+1], found[(i+1)/groupLength+1] = true, true
		}
		tried[i], tried[i+1] = value, values[i+1]
	}
	groups := []int{}
	for group := range codeGroups {
		if found[group+1] {
			groups = append(groups, group+1)
		}
	}
	return groups
}
