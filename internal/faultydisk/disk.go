// Package faultydisk is a folder on a disk that fails when it is told to: full, read-only,
// broken or slow. It also remembers everything that is written, and what was flushed, so that
// any number of power cuts can be tried afterwards (see Trace).
//
// It is a FUSE file system in front of an ordinary folder, so that a program is tried as it
// is, with all of its files. Linux only, and for root only, since it is mounted.
package faultydisk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// Fault is what is wrong with a disk; the zero Fault is nothing.
type Fault struct {
	// Errno is what everything that changes the disk answers: ENOSPC for a full one (which
	// then also says that it has no space left), EROFS for a read-only, EIO for a broken one.
	Errno syscall.Errno
	// SyncTakes is how much longer each flush takes.
	SyncTakes time.Duration
}

// Disk is a mounted folder.
type Disk struct {
	Folder string // where it is

	backing string
	server  *fuse.Server

	mu     sync.Mutex
	fault  Fault
	events []event
}

// Available tells whether this process may mount a disk here, with the reason if not.
func Available() error {
	if os.Geteuid() != 0 {
		return errors.New("mounting takes root")
	}
	device, err := os.OpenFile("/dev/fuse", os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("there is no FUSE: %w", err)
	}
	return device.Close()
}

// Mount makes an empty disk in an empty folder. The caller unmounts it, after what uses it has ended.
func Mount(folder string) (*Disk, error) {
	d := &Disk{Folder: filepath.Join(folder, "disk"), backing: filepath.Join(folder, "backing")}
	if err := errors.Join(os.Mkdir(d.Folder, 0o700), os.Mkdir(d.backing, 0o700)); err != nil {
		return nil, fmt.Errorf("make the folders of a disk: %w", err)
	}
	root, err := fs.NewLoopbackRoot(d.backing)
	if err != nil {
		return nil, fmt.Errorf("prepare a disk: %w", err)
	}
	loopback, ok := root.(*fs.LoopbackNode)
	if !ok {
		return nil, fmt.Errorf("prepare a disk: %T is no folder", root)
	}
	top := &node{LoopbackNode: loopback, disk: d}
	loopback.RootData.RootNode = top
	d.server, err = fs.Mount(d.Folder, top, &fs.Options{MountOptions: fuse.MountOptions{
		DirectMountStrict: true, FsName: "faultydisk", Name: "faultydisk",
	}})
	if err != nil {
		return nil, fmt.Errorf("mount a disk: %w", err)
	}
	return d, nil
}

// Unmount ends the disk; what was written stays in the folder.
func (d *Disk) Unmount() error {
	if err := d.server.Unmount(); err != nil {
		return fmt.Errorf("unmount a disk: %w", err)
	}
	d.server.Wait()
	return nil
}

// Set makes the disk fail from now on, or no more.
func (d *Disk) Set(fault Fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault = fault
}

// wrong is what is wrong now.
func (d *Disk) wrong() Fault {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.fault
}

// Position is how much has happened so far, for Trace.Cut.
func (d *Disk) Position() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.events)
}

// Trace is what happened so far.
func (d *Disk) Trace() Trace {
	d.mu.Lock()
	defer d.mu.Unlock()
	return Trace{events: d.events[:len(d.events):len(d.events)]}
}

// change does something that changes the disk, unless it fails now, and remembers it.
func (d *Disk) change(do func() syscall.Errno, what event) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fault.Errno != 0 {
		return d.fault.Errno
	}
	errno := do()
	if errno == 0 {
		d.events = append(d.events, what)
	}
	return errno
}

// sync flushes a file, as far as the trace is concerned: the folder behind need not outlive
// the machine.
func (d *Disk) sync(ctx context.Context, file fileID) syscall.Errno {
	began := d.Position()
	wrong := d.wrong()
	if wrong.SyncTakes > 0 {
		select {
		case <-time.After(wrong.SyncTakes):
		case <-ctx.Done():
			return syscall.EINTR
		}
	}
	if wrong.Errno == syscall.EIO {
		return syscall.EIO
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.events = append(d.events, event{kind: synced, file: file, covers: began})
	return 0
}
