package source

import (
	"regexp"
	"strings"
)

// dialled is a telephone number in groups of digits: 116 111, 080 11 55, +386 1 479 88 22.
var dialled = regexp.MustCompile(`(?:\+\d{1,3}|\b116|\b0\d{1,2})(?: \d{1,4})+\b`)

// wholeNumbers gives the value with every telephone number in its texts held together by
// no-break spaces, so that no line ends within one and no voice reads 116 111 as a hundred and
// sixteen thousand. Authors write ordinary spaces, and the file stays as it is.
func wholeNumbers(value any) any {
	switch value := value.(type) {
	case string:
		return dialled.ReplaceAllStringFunc(value, func(number string) string {
			return strings.ReplaceAll(number, " ", "\u00a0")
		})
	case map[string]any:
		for key, each := range value {
			value[key] = wholeNumbers(each)
		}
	case []any:
		for i, each := range value {
			value[i] = wholeNumbers(each)
		}
	}
	return value
}
