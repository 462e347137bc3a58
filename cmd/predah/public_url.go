package main

import (
	"fmt"
	"net/url"
)

// publicURL is where people reach the service: https://predah.example, or http:// for a trial on
// one machine. It stands in links and in the API's document, and browsers' requests are held
// against it, so it has to be whole; "" says that it is not known.
type publicURL string

// UnmarshalText refuses what no browser could open, and anything behind the name.
func (u *publicURL) UnmarshalText(text []byte) error {
	parsed, err := url.Parse(string(text))
	whole := err == nil && (parsed.Scheme == "https" || parsed.Scheme == "http") && parsed.Hostname() != "" &&
		parsed.User == nil && (parsed.Path == "" || parsed.Path == "/") && parsed.RawQuery == "" && parsed.Fragment == ""
	if len(text) > 0 && !whole {
		return fmt.Errorf("it has to look like https://predah.example, and not %q", text)
	}
	*u = publicURL(text)
	return nil
}
