//go:build !unix

package limit

import "errors"

// Probe cannot ask on this system; a Disk then always has enough room.
func Probe(string) (Space, error) { return Space{}, errors.ErrUnsupported }
