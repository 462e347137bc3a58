package api

import (
	"fmt"
	"net/http"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// securityTxtAddress is where RFC 9116 puts the file.
const securityTxtAddress = "/.well-known/security.txt"

// securityTxtFor is how long the file says it can be trusted: RFC 9116 advises less than a year.
const securityTxtFor = 90 * 24 * time.Hour

// readSecurityContact reads where weaknesses are reported: a mailto: address or an https: page, as
// RFC 9116 takes them. Anything else is an error that names the flag.
func readSecurityContact(text string) (string, error) {
	contact, err := url.Parse(text)
	if err != nil {
		return "", fmt.Errorf("--security-contact %q: %w", text, err)
	}
	switch contact.Scheme {
	case "mailto":
		address, err := url.PathUnescape(contact.Opaque)
		if parsed, wrong := mail.ParseAddress(address); err == nil && wrong == nil && parsed.Address == address {
			return contact.String(), nil
		}
	case "https":
		if contact.Hostname() != "" && contact.User == nil {
			return contact.String(), nil
		}
	}
	return "", fmt.Errorf("--security-contact %q: it must be mailto: with one address, or an https: address", text)
}

// registerSecurityTxt adds GET /.well-known/security.txt where the operator named a contact;
// without one the address is not there.
func (s *service) registerSecurityTxt(engine *gin.Engine, contact, publicURL string) error {
	if contact == "" {
		return nil
	}
	contact, err := readSecurityContact(contact)
	if err != nil {
		return err
	}
	canonical := ""
	if public, err := url.Parse(publicURL); err == nil && public.Scheme == "https" { // RFC 9116 takes no other scheme
		canonical = "Canonical: " + strings.TrimRight(publicURL, "/") + securityTxtAddress + "\n"
	}
	engine.GET(securityTxtAddress, func(c *gin.Context) {
		expires := s.now().UTC().Add(securityTxtFor).Format(time.RFC3339)
		c.Data(http.StatusOK, "text/plain; charset=utf-8", []byte("Contact: "+contact+"\nExpires: "+expires+"\nPreferred-Languages: sl, en\n"+canonical))
	})
	return nil
}
