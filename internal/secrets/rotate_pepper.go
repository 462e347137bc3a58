package secrets

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// RotatePepper makes a new pepper, has rewrap encrypt with it whatever is encrypted with the old one,
// and puts it in the place of the old one, which stays in the folder under the name that it returns:
// backups made before need it. When it is interrupted, it goes on with the same new pepper the next
// time. No service may run meanwhile.
func (f *Folder) RotatePepper(rewrap func(old, next Pepper) error) (kept string, err error) {
	err = f.locked(func() error {
		next, err := f.nextPepper()
		if err != nil {
			return err
		}
		if err := rewrap(f.pepper, next); err != nil {
			return err
		}
		kept = filepath.Join(f.path, "pepper-until-"+f.now().UTC().Format(stamp))
		if err := os.Link(f.pepperFile(), kept); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err := os.Rename(f.nextFile(), f.pepperFile()); err != nil {
			return err
		}
		f.pepper = next
		return syncFolder(f.path)
	})
	if err != nil {
		return "", fmt.Errorf("rotate the pepper: %w", err)
	}
	return kept, nil
}

// Rotating tells whether a rotation of the pepper in the folder was interrupted.
func Rotating(path string) bool {
	_, err := os.Stat((&Folder{path: path}).nextFile())
	return err == nil
}

// nextFile is where a new pepper waits until everything is encrypted with it.
func (f *Folder) nextFile() string { return filepath.Join(f.path, "pepper.next") }

// nextPepper reads the new pepper of a rotation that was interrupted, or makes one.
func (f *Folder) nextPepper() (Pepper, error) {
	next, err := readPepper(f.nextFile())
	if missing(err) {
		next = f.pepper.next()
		err = writePepper(f.nextFile(), next)
	}
	return next, err
}
