package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"regexp"

	nethtml "golang.org/x/net/html"
)

// announcer finds the style of SvelteKit's route announcer in a script of the web app.
var announcer = regexp.MustCompile(`svelte-announcer[^>]*?style=\\?"([^"\\]*)\\?"`)

// inlineOf returns the hashes of what stands inline in an HTML page.
func inlineOf(page []byte) hashes {
	var found hashes
	tokens := nethtml.NewTokenizer(bytes.NewReader(page))
	inline := false // the next text is that of a script without src
	for {
		kind := tokens.Next()
		if kind == nethtml.ErrorToken {
			return found
		}
		if kind == nethtml.TextToken && inline {
			found.scripts = append(found.scripts, cspHash(tokens.Raw()))
		}
		inline = false
		if kind != nethtml.StartTagToken && kind != nethtml.SelfClosingTagToken {
			continue
		}
		name, more := tokens.TagName()
		inline = string(name) == "script"
		for more {
			var key, value []byte
			key, value, more = tokens.TagAttr()
			switch string(key) {
			case "src":
				inline = false
			case "style":
				found.styles = append(found.styles, cspHash(value))
			}
		}
	}
}

// announcerOf returns the hash of the route announcer's style, if the script has it.
func announcerOf(script []byte) []string {
	match := announcer.FindSubmatch(script)
	if match == nil {
		return nil
	}
	return []string{cspHash([]byte(html.UnescapeString(string(match[1]))))}
}

// cspHash returns the CSP source that allows exactly this content.
func cspHash(content []byte) string {
	sum := sha256.Sum256(content)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
