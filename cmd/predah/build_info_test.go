package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"path"
	"testing"

	"predah/frontend"
	"predah/internal/api"
)

func TestBuildInfoIsWhatTheServiceSaysAndSends(t *testing.T) {
	var printed, complaints bytes.Buffer
	if exit := run([]string{"build-info"}, streams{out: &printed, err: &complaints}); exit != 0 {
		t.Fatalf("exit code %d: %s", exit, &complaints)
	}
	address, end := serving(t, serveCommand{})
	defer end()
	if served := fetched(t, address+"/.well-known/predah-build.json", "identity"); !bytes.Equal(served, printed.Bytes()) {
		t.Fatalf("the service says\n%s\nand predah build-info\n%s", served, &printed)
	}
	var build api.Build
	if err := json.Unmarshal(printed.Bytes(), &build); err != nil {
		t.Fatal(err)
	}
	if want := len(filesOfTheWebApp(t)); len(build.Assets) != want {
		t.Errorf("%d assets are listed, the web app has %d files", len(build.Assets), want)
	}
	for _, asset := range build.Assets {
		for _, coding := range []string{"identity", ""} { // with none, net/http asks for gzip and undoes it
			sum := sha256.Sum256(fetched(t, address+asset.Address, coding))
			if got := hex.EncodeToString(sum[:]); got != asset.SHA256 {
				t.Errorf("%s (coding %q) is listed with %s and sent with %s", asset.Address, coding, asset.SHA256, got)
			}
		}
	}
}

// fetched is the body that is sent with a coding.
func fetched(t *testing.T, address, coding string) []byte {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if coding != "" {
		request.Header.Set("Accept-Encoding", coding)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// filesOfTheWebApp are the files inside but for the compressed copies.
func filesOfTheWebApp(t *testing.T) []string {
	t.Helper()
	app, err := frontend.FS()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	err = fs.WalkDir(app, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && name != ".keep" && path.Ext(name) != ".br" && path.Ext(name) != ".gz" {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
