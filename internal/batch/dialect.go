package batch

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Dialect is how a table is written as text.
type Dialect struct {
	Separator byte // of cells
	Decimal   byte // the sign before the decimals of a number
}

// The dialects.
var (
	Comma     = Dialect{',', '.'}
	Semicolon = Dialect{';', ','} // as spreadsheets write where the comma is the decimal sign
	Tab       = Dialect{'\t', '.'}
)

// dialectOf is the dialect that goes with a separator.
func dialectOf(separator byte) Dialect {
	for _, dialect := range []Dialect{Comma, Semicolon, Tab} {
		if dialect.Separator == separator {
			return dialect
		}
	}
	return Dialect{separator, '.'}
}

// appendNumber appends a number in the shortest way, without an exponent.
func (d Dialect) appendNumber(to []byte, number float64) []byte {
	start := len(to)
	to = appendNumber(to, number)
	if d.Decimal != '.' {
		if at := bytes.IndexByte(to[start:], '.'); at >= 0 {
			to[start+at] = d.Decimal
		}
	}
	return to
}

// appendCell appends a cell, in quotes where CSV (RFC 4180) needs them.
func (d Dialect) appendCell(to []byte, cell string) []byte {
	if strings.IndexByte(cell, d.Separator) < 0 && !strings.ContainsAny(cell, "\"\r\n") {
		return append(to, cell...)
	}
	to = append(to, '"')
	to = append(to, strings.ReplaceAll(cell, `"`, `""`)...)
	return append(to, '"')
}

// harmless is a cell that was carried over so that no spreadsheet runs it: what begins like a
// formula and is no number gets an apostrophe before it, which says that it is text.
func harmless(cell string) string {
	if first, _ := utf8.DecodeRuneInString(cell); !strings.ContainsRune("=+-@\t\r\uff1d\uff0b\uff0d\uff20", first) || cell == "" {
		return cell
	}
	if _, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64); err == nil {
		return cell
	}
	return "'" + cell
}
