package api

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// Stamp names the sources that a program was built from.
type Stamp struct {
	Version string
	Commit  string // "" when it is not known
}

// Build says which build answers, and what its web app consists of. Two builds of the
// same sources have the same assets, so that an installation can be compared with a
// build of one's own.
type Build struct {
	Version string       `json:"version" doc:"The version; it ends in -dirty when the sources were changed after the commit." example:"v1.0.0-3-g0123456789ab" maxLength:"128"`
	Commit  string       `json:"commit,omitempty" doc:"The commit it was built from; absent when it is not known." example:"0123456789abcdef0123456789abcdef01234567" maxLength:"64"`
	Assets  []BuildAsset `json:"assets" doc:"Every file of the web app that is served, by address." maxItems:"10000"`
}

// BuildAsset is one file of the web app.
type BuildAsset struct {
	Address string `json:"address" doc:"Where it is served. The pages for what is not there stand under the addresses that end in 404.html, and come with status 404." example:"/_app/version.json" maxLength:"1024"`
	SHA256  string `json:"sha256" doc:"SHA-256 of its bytes without content coding, in hexadecimal." example:"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" minLength:"64" maxLength:"64"`
}

// DescribeBuild describes a program with this web app, without starting the service.
func DescribeBuild(stamp Stamp, app fs.FS) (Build, error) {
	loaded, err := loadWeb(app)
	if err != nil {
		return Build{}, fmt.Errorf("describe the build: %w", err)
	}
	return loaded.describe(stamp), nil
}

// Write writes the description byte by byte as GET /.well-known/predah-build.json answers it.
func (b Build) Write(w io.Writer) error {
	var out bytes.Buffer
	if err := encodeTo(&out, b); err != nil {
		return fmt.Errorf("encode the build: %w", err)
	}
	_, err := out.WriteTo(w)
	return err
}

// describe hashes everything that the web app serves.
func (w *web) describe(stamp Stamp) Build {
	build := Build{Version: stamp.Version, Commit: stamp.Commit, Assets: []BuildAsset{}}
	add := func(address string, r *resource) {
		sum := sha256.Sum256(r.choose(codingIdentity).body)
		build.Assets = append(build.Assets, BuildAsset{
			Address: (&url.URL{Path: address}).EscapedPath(),
			SHA256:  hex.EncodeToString(sum[:]),
		})
	}
	for address, page := range w.pages {
		add(address, page)
	}
	for address, file := range w.files {
		add(address, file)
	}
	for prefix, page := range w.notFound {
		add(prefix+"404.html", page)
	}
	slices.SortFunc(build.Assets, func(a, b BuildAsset) int { return cmp.Compare(a.Address, b.Address) })
	return build
}

// registerBuild adds GET /.well-known/predah-build.json. The files are hashed when it is first
// asked for, so that starting takes no longer.
func (s *service) registerBuild(api huma.API) {
	describe := sync.OnceValue(func() Build { return s.web.describe(s.stamp) })
	huma.Register(api, huma.Operation{
		OperationID: "build", Method: http.MethodGet, Path: "/.well-known/predah-build.json", Tags: []string{tagOperations},
		Summary:     "What is served here?",
		Description: "The version and the SHA-256 of every file of the web app, the same bytes that predah build-info prints. Compare it with a build of your own, and what your browser is sent with both.",
		Responses:   s.problemResponses(InvalidParameter),
	}, func(context.Context, *struct{}) (*answerOf[Build], error) {
		return &answerOf[Build]{Body: describe()}, nil
	})
}
