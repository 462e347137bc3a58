package clients

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const document = "../../../frontend/src/lib/api/openapi.json"

// TestOgensClientCompiles: a schema called Option once shadowed a type of every client of ogen's.
func TestOgensClientCompiles(t *testing.T) {
	folder, err := os.MkdirTemp(".", "generated") // inside the module, so that it finds what it imports
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	run(t, "go", "tool", "ogen", "--config", "ogen.yml", "--loglevel", "error", "--target", folder, "--package", "client", document)
	run(t, "go", "build", "./"+folder)
	if client := read(t, filepath.Join(folder, "oas_client_gen.go")); !strings.Contains(client, "func (c *Client) ListQuestionnaires(") {
		t.Error("the client cannot list questionnaires: it was made of another document")
	}
}

func run(t *testing.T, name string, arguments ...string) {
	t.Helper()
	if output, err := exec.CommandContext(t.Context(), name, arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(arguments, " "), err, output)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
