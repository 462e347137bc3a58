package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// buildStamp is what the small web app says it was built from.
var buildStamp = Stamp{Version: "v9.9.9-dirty", Commit: "0123456789abcdef0123456789abcdef01234567"}

// describedBuild is what a service with the web app answers about its build.
func describedBuild(t *testing.T, app fs.FS) (handler http.Handler, build Build, raw []byte) {
	t.Helper()
	handler = fixture(t, func(c *Config) { c.Web, c.Stamp = app, buildStamp })
	answer := ask(t, handler, call{address: "/.well-known/predah-build.json"})
	if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != "application/json" || answer.Header().Get("Cache-Control") != cacheNever {
		t.Fatalf("%d %v: %s", answer.Code, answer.Header(), answer.Body)
	}
	return handler, said[Build](t, answer), answer.Body.Bytes()
}

func TestEveryFileOfTheWebAppIsListedWithTheHashOfWhatIsAnswered(t *testing.T) {
	app := built()
	app["žaba & škrat?.txt"] = &fstest.MapFile{Data: []byte("reg")}
	handler, build, _ := describedBuild(t, app)
	if diff := cmp.Diff(buildStamp, Stamp{Version: build.Version, Commit: build.Commit}); diff != "" {
		t.Errorf("stamp (-want +got):\n%s", diff)
	}
	var addresses []string
	for _, asset := range build.Assets {
		addresses = append(addresses, asset.Address)
		answer := ask(t, handler, call{address: asset.Address})
		sum := sha256.Sum256(answer.Body.Bytes())
		if got := hex.EncodeToString(sum[:]); got != asset.SHA256 {
			t.Errorf("%s is listed with %s, its %d answer has %s", asset.Address, asset.SHA256, answer.Code, got)
		}
		if missing := strings.HasSuffix(asset.Address, "404.html"); missing != (answer.Code == http.StatusNotFound) {
			t.Errorf("%s is answered %d", asset.Address, answer.Code)
		}
	}
	want := []string{
		"/", "/%C5%BEaba%20&%20%C5%A1krat%3F.txt", "/404.html", "/_app/immutable/a.123.js", "/_app/immutable/font.1.woff2",
		"/en", "/en/404.html", "/en/check", "/icon.svg", "/podrocja/igre/__data.json", "/preveri", "/robots.txt", "/site.webmanifest",
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, addresses); diff != "" {
		t.Errorf("addresses (-want +got):\n%s", diff)
	}
}

func TestAnAlteredFileShowsInTheBuild(t *testing.T) {
	_, before, _ := describedBuild(t, built())
	app := built()
	app["_app/immutable/a.123.js"] = &fstest.MapFile{Data: []byte("alert(1)")}
	_, after, _ := describedBuild(t, app)
	var altered []string
	for i, asset := range after.Assets {
		if asset != before.Assets[i] {
			altered = append(altered, asset.Address)
		}
	}
	if diff := cmp.Diff([]string{"/_app/immutable/a.123.js"}, altered); diff != "" {
		t.Errorf("altered (-want +got):\n%s", diff)
	}
}

func TestABuildIsDescribedAlikeWithAndWithoutAService(t *testing.T) {
	for name, app := range map[string]fs.FS{"built": built(), "empty": fstest.MapFS{}, "none": nil} {
		_, _, served := describedBuild(t, app)
		alone, err := DescribeBuild(buildStamp, app)
		if err != nil {
			t.Fatal(err)
		}
		var printed bytes.Buffer
		if err := alone.Write(&printed); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(served), printed.String()); diff != "" {
			t.Errorf("%s (-served +printed):\n%s", name, diff)
		}
		if strings.Contains(printed.String(), "null") {
			t.Errorf("%s: %s", name, &printed)
		}
	}
}
