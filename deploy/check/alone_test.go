package check

import (
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// alone runs the image's program as the image says: as its user, with its variables, in a root
// that has only what the image has, and asks for its health by the image's own command. Only root
// may do that; others run it where they are.
func alone(t *testing.T, folder string, image stage) {
	t.Helper()
	var check, entry, arguments []string
	_, health, _ := strings.Cut(image.all("HEALTHCHECK")[0], " CMD ")
	err := errors.Join(json.Unmarshal([]byte(health), &check),
		json.Unmarshal([]byte(image.all("ENTRYPOINT")[0]), &entry), json.Unmarshal([]byte(image.all("CMD")[0]), &arguments))
	if err != nil {
		t.Fatal(err)
	}
	inside := newInside(t, folder, image)
	service := inside.command(append(entry, arguments...))
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- service.Wait() }()
	for deadline := time.Now().Add(time.Minute); ; {
		said, err := inside.command(check).CombinedOutput()
		if err == nil {
			break
		}
		select {
		case err := <-ended:
			t.Fatalf("it ended: %v", err)
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatalf("%v says %v: %s", check, err, said)
		}
	}
	if err := errors.Join(service.Process.Signal(syscall.SIGTERM), <-ended); err != nil {
		t.Errorf("it ends with %v", err)
	}
	if said, err := inside.command(check).CombinedOutput(); err == nil {
		t.Errorf("%v finds a service that has ended healthy: %s", check, said)
	}
}

// inside is what a container of the image sees.
type inside struct {
	folder      string
	environment []string
	root        bool
}

func newInside(t *testing.T, folder string, image stage) inside {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer free.Close()
	made := inside{folder: folder, root: os.Geteuid() == 0}
	for _, pair := range strings.Fields(strings.Join(image.all("ENV"), " ")) {
		name, value, _ := strings.Cut(pair, "=")
		switch {
		case name == "PREDAH_LISTEN":
			value = free.Addr().String()
		case name == "PREDAH_DATA" && !made.root:
			value = filepath.Join(folder, value)
		}
		made.environment = append(made.environment, name+"="+value)
	}
	if made.root {
		for _, path := range []string{"data", filepath.Join("data", "secrets")} {
			if err := os.Chown(filepath.Join(folder, path), 65532, 65532); err != nil {
				t.Fatal(err)
			}
		}
	}
	return made
}

// command is a command line as the image has it.
func (i inside) command(line []string) *exec.Cmd {
	if !i.root {
		line = append([]string{filepath.Join(i.folder, line[0])}, line[1:]...)
	}
	command := &exec.Cmd{Path: line[0], Args: line, Env: i.environment, Dir: "/"}
	if i.root {
		command.SysProcAttr = &syscall.SysProcAttr{Chroot: i.folder, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
	}
	return command
}
