//go:build unix

package limit

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Probe asks the file system that the folder is on.
func Probe(folder string) (Space, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(folder, &stat); err != nil {
		return Space{}, fmt.Errorf("ask how much room the disk has: %w", err)
	}
	block := uint64(stat.Bsize)
	return Space{Free: uint64(stat.Bavail) * block, Total: stat.Blocks * block}, nil
}
