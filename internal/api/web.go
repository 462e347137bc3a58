package api

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// How long a browser may keep the files of the web app. Files whose name holds a hash of their
// content are kept for good: everybody gets the same. Pages, and what pages are made of, are never
// kept, not even to be checked: what lies on the disk would tell which were looked at.
const (
	cacheNever   = "no-store"
	cacheForever = "public, max-age=31536000, immutable"
)

// immutableFolder holds the files whose names change with their content.
const immutableFolder = "_app/immutable/"

// web is the web app's files in memory, by address.
type web struct {
	pages    map[string]*resource // by address without a slash at its end, "/" for the start page
	files    map[string]*resource // everything else, by address
	notFound map[string]*resource // page by the prefix of the addresses it is for
}

// loadWeb reads the built web app. A folder without a start page gives an empty web.
func loadWeb(build fs.FS) (*web, error) {
	w := &web{pages: map[string]*resource{}, files: map[string]*resource{}, notFound: map[string]*resource{}}
	if build == nil {
		return w, nil
	}
	contents, err := readAll(build)
	if err != nil {
		return nil, fmt.Errorf("read the web app: %w", err)
	}
	fillAreas(contents)
	scripts, styles := inlineParts(contents)
	for name := range contents {
		if !coded(name, contents) {
			w.add(name, contents, hashes{scripts: scripts[name], styles: styles})
		}
	}
	return w, nil
}

// readAll reads every file of a tree, except the one that keeps the empty folder in git.
func readAll(build fs.FS) (map[string][]byte, error) {
	contents := make(map[string][]byte)
	err := fs.WalkDir(build, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Base(name) == ".keep" {
			return err
		}
		content, err := fs.ReadFile(build, name)
		contents[name] = content
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return contents, nil
	}
	return contents, err
}

// coded reports whether the file is a precompressed copy of another.
func coded(name string, contents map[string][]byte) bool {
	extension := path.Ext(name)
	if extension != ".br" && extension != ".gz" {
		return false
	}
	_, original := contents[strings.TrimSuffix(name, extension)]
	return original
}

// inlineParts returns the hashes of the inline scripts of each page, and those of all
// style attributes of the app. These are allowed on every page, because the app moves
// between pages without loading them.
func inlineParts(contents map[string][]byte) (scripts map[string][]string, styles []string) {
	scripts = make(map[string][]string)
	for name, content := range contents {
		switch path.Ext(name) {
		case ".html":
			found := inlineOf(content)
			scripts[name] = found.scripts
			styles = append(styles, found.styles...)
		case ".js":
			styles = append(styles, announcerOf(content)...)
		}
	}
	return scripts, styles
}

// add makes a resource of a file and puts it at its address; a page may run and apply
// what is allowed.
func (w *web) add(name string, contents map[string][]byte, allowed hashes) {
	cache := cacheNever
	if strings.HasPrefix(name, immutableFolder) {
		cache = cacheForever
	}
	precompressed := make(map[string][]byte)
	for coding, extension := range map[string]string{codingBrotli: ".br", codingGzip: ".gz"} {
		if body, ok := contents[name+extension]; ok {
			precompressed[coding] = body
		}
	}
	if kindOfArea(name) == "" { // or else the plain one would tell which area it is of
		precompressed = smaller(contents[name], precompressed)
	}
	r := newResource(mediaType(name), cache, contents[name], precompressed)
	if path.Ext(name) != ".html" {
		w.files["/"+name] = r
		return
	}
	r.policy = []string{policy(allowed)}
	address := "/" + strings.TrimSuffix(strings.TrimSuffix(name, ".html"), "index")
	if path.Base(name) == "404.html" {
		w.notFound[strings.TrimSuffix(address, "404")] = r
		return
	}
	if address != "/" {
		address = strings.TrimSuffix(address, "/")
	}
	w.pages[address] = r
}

// mediaType returns the media type of a file by its name. It is a list of what the
// web app consists of, so that it does not differ from machine to machine.
func mediaType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json", ".map":
		return "application/json"
	case ".webmanifest":
		return "application/manifest+json"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".xml":
		return "application/xml"
	case ".pdf":
		return "application/pdf"
	case ".wasm":
		return "application/wasm"
	}
	return "application/octet-stream"
}
