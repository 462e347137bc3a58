package faultydisk

import (
	"bytes"
	"context"
	"path/filepath"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// node is a file or folder of the disk.
type node struct {
	*fs.LoopbackNode
	disk *Disk
}

// handle is an open file.
type handle struct {
	*fs.LoopbackFile
	node *node
}

// id tells this file from every other, those that had its name before included.
func (n *node) id() fileID {
	attr := n.StableAttr()
	return fileID{attr.Ino, attr.Gen}
}

// below is the path of something in this folder, from the top of the disk.
func (n *node) below(name string) string { return filepath.Join(n.Path(n.Root()), name) }

// WrapChild makes every node of the disk one of these.
func (n *node) WrapChild(_ context.Context, child fs.InodeEmbedder) fs.InodeEmbedder {
	if loopback, ok := child.(*fs.LoopbackNode); ok {
		return &node{LoopbackNode: loopback, disk: n.disk}
	}
	return child
}

// Statfs says that a full disk has no space.
func (n *node) Statfs(ctx context.Context, out *fuse.StatfsOut) syscall.Errno {
	errno := n.LoopbackNode.Statfs(ctx, out)
	if n.disk.wrong().Errno == syscall.ENOSPC {
		out.Bavail, out.Bfree = 0, 0
	}
	return errno
}

// Create makes and opens a file.
func (n *node) Create(ctx context.Context, name string, flags, mode uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	if wrong := n.disk.wrong(); wrong.Errno != 0 {
		return nil, nil, 0, wrong.Errno
	}
	inode, opened, fuseFlags, errno := n.LoopbackNode.Create(ctx, name, flags, mode, out)
	if errno != 0 {
		return nil, nil, 0, errno
	}
	made := inode.StableAttr()
	n.disk.change(done, event{kind: created, file: fileID{made.Ino, made.Gen}, path: n.below(name)})
	child, isNode := inode.Operations().(*node)
	file, isFile := opened.(*fs.LoopbackFile)
	if !isNode || !isFile {
		return nil, nil, 0, syscall.EIO
	}
	return inode, &handle{LoopbackFile: file, node: child}, fuseFlags, 0
}

// Open opens a file.
func (n *node) Open(ctx context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	if n.disk.wrong().Errno == syscall.EROFS && flags&syscall.O_ACCMODE != syscall.O_RDONLY {
		return nil, 0, syscall.EROFS
	}
	opened, fuseFlags, errno := n.LoopbackNode.Open(ctx, flags)
	file, ok := opened.(*fs.LoopbackFile)
	if errno != 0 || !ok {
		return nil, 0, errno
	}
	return &handle{LoopbackFile: file, node: n}, fuseFlags, 0
}

// Setattr changes a file; its length is what a trace needs.
func (n *node) Setattr(ctx context.Context, f fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	var file fs.FileHandle
	if h, ok := f.(*handle); ok {
		file = h.LoopbackFile
	}
	set := func() syscall.Errno { return n.LoopbackNode.Setattr(ctx, file, in, out) }
	if size, ok := in.GetSize(); ok {
		return n.disk.change(set, event{kind: truncated, file: n.id(), offset: int64(size)})
	}
	if wrong := n.disk.wrong(); wrong.Errno == syscall.EROFS {
		return wrong.Errno
	}
	return set()
}

// Mkdir makes a folder.
func (n *node) Mkdir(ctx context.Context, name string, mode uint32, out *fuse.EntryOut) (inode *fs.Inode, errno syscall.Errno) {
	errno = n.disk.change(func() (errno syscall.Errno) {
		inode, errno = n.LoopbackNode.Mkdir(ctx, name, mode, out)
		return errno
	}, event{kind: madeFolder, path: n.below(name)})
	return inode, errno
}

// Unlink removes a file.
func (n *node) Unlink(ctx context.Context, name string) syscall.Errno {
	return n.disk.change(func() syscall.Errno { return n.LoopbackNode.Unlink(ctx, name) }, event{kind: removed, path: n.below(name)})
}

// Rename renames a file.
func (n *node) Rename(ctx context.Context, name string, parent fs.InodeEmbedder, newName string, flags uint32) syscall.Errno {
	to, ok := parent.(*node)
	if !ok {
		return syscall.EXDEV
	}
	return n.disk.change(func() syscall.Errno {
		return n.LoopbackNode.Rename(ctx, name, parent, newName, flags)
	}, event{kind: renamed, path: n.below(name), to: to.below(newName)})
}

// Fsync flushes a folder.
func (n *node) Fsync(ctx context.Context, f fs.FileHandle, _ uint32) syscall.Errno {
	return n.disk.sync(ctx, n.id())
}

// Link gives a file another name.
func (n *node) Link(ctx context.Context, target fs.InodeEmbedder, name string, out *fuse.EntryOut) (inode *fs.Inode, errno syscall.Errno) {
	linked, ok := target.(*node)
	if !ok {
		return nil, syscall.EXDEV
	}
	errno = n.disk.change(func() (errno syscall.Errno) {
		inode, errno = n.LoopbackNode.Link(ctx, target, name, out)
		return errno
	}, event{kind: created, file: linked.id(), path: n.below(name)})
	return inode, errno
}

// What a trace could not follow is refused; programs have other ways.

// Symlink is refused.
func (n *node) Symlink(context.Context, string, string, *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	return nil, syscall.EPERM
}

// Mknod is refused.
func (n *node) Mknod(context.Context, string, uint32, uint32, *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	return nil, syscall.EPERM
}

// CopyFileRange is refused.
func (n *node) CopyFileRange(context.Context, fs.FileHandle, uint64, *fs.Inode, fs.FileHandle, uint64, uint64, uint64) (uint32, syscall.Errno) {
	return 0, syscall.ENOSYS
}

// Write writes a part of the file.
func (h *handle) Write(ctx context.Context, data []byte, offset int64) (written uint32, errno syscall.Errno) {
	errno = h.node.disk.change(func() (errno syscall.Errno) {
		written, errno = h.LoopbackFile.Write(ctx, data, offset)
		return errno
	}, event{kind: wrote, file: h.node.id(), offset: offset, data: bytes.Clone(data)})
	return written, errno
}

// Fsync flushes the file.
func (h *handle) Fsync(ctx context.Context, _ uint32) syscall.Errno {
	return h.node.disk.sync(ctx, h.node.id())
}

// Allocate is refused: what it is for is done by writing.
func (h *handle) Allocate(context.Context, uint64, uint64, uint32) syscall.Errno {
	return syscall.EOPNOTSUPP
}

// PassthroughFd is refused: everything has to pass here.
func (h *handle) PassthroughFd() (int, bool) { return 0, false }

// done is a change that has happened already.
func done() syscall.Errno { return 0 }
