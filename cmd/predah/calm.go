package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"predah/internal/questionnaire"
)

// calm writes text without what would steer a terminal, or hide or turn round what is read there: such a
// sign is written as <U+001B>. Names of files, columns and keys come from whoever wrote them.
type calm struct{ io.Writer }

// calmIfShown is a file as commands write to it: calm where a person reads it. Elsewhere what is written are data.
func calmIfShown(file *os.File) io.Writer {
	if term.IsTerminal(int(file.Fd())) {
		return calm{file}
	}
	return file
}

// Write writes all of text, or says that the writer beneath did not.
func (c calm) Write(text []byte) (int, error) {
	if questionnaire.HiddenSign(string(text)) == "" {
		return c.Writer.Write(text)
	}
	var shown strings.Builder
	for _, r := range string(text) {
		if questionnaire.HiddenSign(string(r)) != "" {
			fmt.Fprintf(&shown, "<%U>", r)
			continue
		}
		shown.WriteRune(r)
	}
	if _, err := io.WriteString(c.Writer, shown.String()); err != nil {
		return 0, err
	}
	return len(text), nil
}
