package support

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"strings"
)

// link gives what a tap on a contact opens, "" for a place to go to. Only tel:,
// sms:, mailto: and https: ever come out.
func link(kind Kind, value string) (string, error) {
	switch kind {
	case Phone:
		number, err := dial(value)
		return "tel:" + number, err
	case SMS:
		number, err := dial(value)
		return "sms:" + number, err
	case Email:
		address, err := mail.ParseAddress(value)
		if err != nil || address.Address != value || strings.ContainsAny(value, "?&%\"") {
			return "", fmt.Errorf("`%s` is no e-mail address", value)
		}
		return "mailto:" + value, nil
	case Chat, Form, Website:
		address, err := url.Parse(value)
		if err != nil || address.Scheme != "https" || address.Host == "" || address.User != nil {
			return "", fmt.Errorf("`%s` is no address that begins with https://", value)
		}
		return value, nil
	case InPerson:
		return "", nil
	}
	return "", fmt.Errorf("`%s` is no kind of contact", kind)
}

// dial makes the number a phone dials of the one a person reads. Geographic and
// mobile numbers get Slovenia's code, so that they work from abroad; short and
// toll-free numbers exist only at home and stay as they are.
func dial(value string) (string, error) {
	value = strings.ReplaceAll(value, "\u00a0", " ")
	digits := strings.ReplaceAll(value, " ", "")
	number := strings.TrimPrefix(digits, "+")
	if number == "" || strings.Trim(number, "0123456789") != "" || value != strings.Join(strings.Fields(value), " ") {
		return "", errors.New("a number is written in groups of digits, such as 116 111")
	}
	national := strings.HasPrefix(digits, "0") && !strings.HasPrefix(digits, "080")
	if national && len(digits) != 9 || strings.HasPrefix(digits, "080") && len(digits) != 7 && len(digits) != 8 {
		return "", fmt.Errorf("`%s` has the wrong number of digits for Slovenia", value)
	}
	if national {
		return "+386" + digits[1:], nil
	}
	return digits, nil
}
