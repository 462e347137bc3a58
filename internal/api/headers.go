package api

import (
	"slices"
	"strings"
)

// The names of headers, as net/http writes them.
const policyHeader = "Content-Security-Policy"

// announcerStyle is the hash of the style attribute that SvelteKit's route announcer
// gets in the browser. It is in no HTML file, only in the program.
const announcerStyle = "'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='"

// hashes are the inline parts that a page may run or apply, as CSP sources.
type hashes struct {
	scripts []string // of inline <script> elements
	styles  []string // of style="…" attributes
}

// policy returns the Content-Security-Policy that allows these inline parts and
// nothing from any other host.
func policy(allowed hashes) string {
	styles := slices.Compact(slices.Sorted(slices.Values(append([]string{announcerStyle}, allowed.styles...))))
	scripts := slices.Compact(slices.Sorted(slices.Values(allowed.scripts)))
	return strings.Join([]string{
		"default-src 'none'",
		strings.Join(append([]string{"script-src 'self'"}, scripts...), " "),
		"style-src 'self'",
		"style-src-attr 'unsafe-hashes' " + strings.Join(styles, " "),
		"img-src 'self' data:",
		"font-src 'self'",
		"connect-src 'self'",
		"worker-src 'self'",
		"manifest-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types svelte-trusted-html predah-worker",
	}, "; ")
}

// header is one header with its values.
type header struct {
	name   string
	values []string
}

// securityHeaders are sent with every answer, errors included. There is no CORS
// header among them, so that no other site's page can read an answer.
func securityHeaders() []header {
	return []header{
		{policyHeader, []string{policy(hashes{})}},
		{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
		{"Cross-Origin-Resource-Policy", []string{"same-origin"}},
		{"Permissions-Policy", []string{"camera=(), microphone=(), geolocation=(), payment=(), browsing-topics=()"}},
		{"Referrer-Policy", []string{"no-referrer"}},
		{"Strict-Transport-Security", []string{"max-age=63072000; includeSubDomains"}},
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"Cache-Control", []string{"no-store"}},
	}
}
