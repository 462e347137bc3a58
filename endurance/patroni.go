package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"text/template"
	"time"

	"predah/internal/process"
	"predah/internal/process/postgres"
)

//go:embed drill
var drillFiles embed.FS

// healthyLimit is how long three nodes may take until all of them stream and one is synchronous.
const healthyLimit = 3 * time.Minute

// patroniCluster is three PostgreSQL nodes under Patroni, which agree by etcd, and HAProxy that
// leads to the leader and to its synchronous standby. Everything is on the loopback and in one folder.
type patroniCluster struct {
	etcd, haproxy *process.Process
	nodes         [3]*node
	leader        string // the addresses of HAProxy
	standby       string
	user          *syscall.Credential
}

// node is one node: Patroni, and the PostgreSQL that it runs.
type node struct {
	Name, API, Postgres, Etcd, Folder, Programs string
	patroni                                     *process.Process
}

// APIPort is for HAProxy's file.
func (n *node) APIPort() string { return n.API[strings.LastIndexByte(n.API, ':')+1:] }

// startPatroni runs everything in an empty folder, as the user nobody where this process is root's.
func startPatroni(ctx context.Context, folder string) (_ *patroniCluster, err error) {
	c := new(patroniCluster)
	defer func() {
		if err != nil {
			c.end()
		}
	}()
	programs, err := postgres.Programs(filepath.Join(folder, "programs"))
	if err != nil {
		return nil, err
	}
	if os.Geteuid() == 0 {
		if c.user, err = postgres.Unprivileged(); err != nil {
			return nil, err
		}
		if err := postgres.Give(folder, c.user); err != nil {
			return nil, err
		}
	}
	if err := c.startEtcd(ctx, filepath.Join(folder, "etcd")); err != nil {
		return nil, err
	}
	for i := range c.nodes {
		one := &node{Name: fmt.Sprint("node", i+1), Etcd: c.etcd.Address, Folder: filepath.Join(folder, fmt.Sprint("node", i+1)), Programs: programs}
		if one.API, err = process.FreeAddress(); err != nil {
			return nil, err
		}
		if one.Postgres, err = process.FreeAddress(); err != nil {
			return nil, err
		}
		c.nodes[i] = one
	}
	if err := c.startHAProxy(ctx, folder); err != nil {
		return nil, err
	}
	for _, one := range c.nodes {
		if err := c.run(ctx, one); err != nil {
			return nil, err
		}
	}
	_, err = c.healthy(ctx)
	return c, err
}

func (c *patroniCluster) startEtcd(ctx context.Context, folder string) error {
	clients, err := process.FreeAddress()
	if err != nil {
		return err
	}
	peers, err := process.FreeAddress()
	if err != nil {
		return err
	}
	c.etcd, err = c.program(ctx, process.Command{
		Path: "etcd", Address: clients, Health: "/health",
		Args: []string{"--name", "drill", "--data-dir", folder, "--logger", "zap", "--log-level", "warn",
			"--listen-client-urls", "http://" + clients, "--advertise-client-urls", "http://" + clients,
			"--listen-peer-urls", "http://" + peers, "--initial-advertise-peer-urls", "http://" + peers, "--initial-cluster", "drill=http://" + peers},
	})
	return err
}

func (c *patroniCluster) startHAProxy(ctx context.Context, folder string) (err error) {
	for _, address := range []*string{&c.leader, &c.standby} {
		if *address, err = process.FreeAddress(); err != nil {
			return err
		}
	}
	config := filepath.Join(folder, "haproxy.cfg")
	if err := fill("haproxy.cfg", config, map[string]any{"Leader": c.leader, "Standby": c.standby, "Nodes": c.nodes}); err != nil {
		return err
	}
	c.haproxy, err = c.program(ctx, process.Command{Path: "haproxy", Args: []string{"-db", "-f", config}, Address: c.leader})
	return err
}

// run runs a node. Patroni's own address answers before its PostgreSQL is up.
func (c *patroniCluster) run(ctx context.Context, n *node) (err error) {
	config := n.Folder + ".yml"
	if err := errors.Join(os.MkdirAll(n.Folder, 0o700), fill("patroni.yml", config, n)); err != nil {
		return err
	}
	if c.user != nil {
		if err := os.Chown(n.Folder, int(c.user.Uid), int(c.user.Gid)); err != nil {
			return err
		}
	}
	n.patroni, err = c.program(ctx, process.Command{Path: "patroni", Args: []string{config}, Address: n.API, Dir: n.Folder, Env: []string{"LC_ALL=C", "HOME=" + n.Folder}})
	return err
}

// program runs a program of the system, which Debian may keep in /usr/sbin.
func (c *patroniCluster) program(ctx context.Context, command process.Command) (*process.Process, error) {
	path, err := exec.LookPath(command.Path)
	if err != nil {
		path, err = exec.LookPath(filepath.Join("/usr/sbin", command.Path))
	}
	if err != nil {
		return nil, fmt.Errorf("find %s (make drill does): %w", command.Path, err)
	}
	command.Path, command.User = path, c.user
	return process.Start(ctx, command)
}

// fill writes one of the files of the drill with what belongs in it.
func fill(name, path string, with any) error {
	parsed, err := template.ParseFS(drillFiles, "drill/"+name)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := parsed.Execute(&text, with); err != nil {
		return err
	}
	return os.WriteFile(path, text.Bytes(), 0o644)
}

// url is where the service finds a node, through an address of HAProxy.
func (c *patroniCluster) url(address string) string {
	return "postgres://predah@" + address + "/postgres?sslmode=disable"
}

// healthy waits until there is a leader and the others stream from it, one of them
// synchronously, and returns the leader.
func (c *patroniCluster) healthy(ctx context.Context) (*node, error) {
	ctx, cancel := context.WithTimeout(ctx, healthyLimit)
	defer cancel()
	for {
		leader, said, ok := c.look(ctx)
		if ok {
			return leader, nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("the nodes are not well: %s; Patroni of %s said: %s", said, c.nodes[0].Name, c.nodes[0].patroni.Said())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// look asks a node how all of them are.
func (c *patroniCluster) look(ctx context.Context) (leader *node, said string, ok bool) {
	var state struct {
		Members []struct{ Name, Role, State string }
	}
	for _, asked := range c.nodes {
		if said = askJSON(ctx, "http://"+asked.API+"/cluster", &state); said == "" {
			break
		}
	}
	running, synchronous := 0, 0
	for _, member := range state.Members {
		said += fmt.Sprintf(" %s is %s (%s)", member.Name, member.Role, member.State)
		if member.State != "running" && member.State != "streaming" {
			continue
		}
		running++
		switch member.Role {
		case "leader":
			for _, one := range c.nodes {
				if one.Name == member.Name {
					leader = one
				}
			}
		case "sync_standby":
			synchronous++
		}
	}
	return leader, said, leader != nil && running == len(c.nodes) && synchronous > 0
}

// askJSON reads JSON from an address; it returns what went wrong, if anything did.
func askJSON(ctx context.Context, address string, into any) string {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err.Error()
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		return err.Error()
	}
	return ""
}

// kill ends a node at once: PostgreSQL, so that it can't answer any more, and Patroni, so that
// it can't be started again or given up in an orderly way.
func (n *node) kill() error {
	text, err := os.ReadFile(filepath.Join(n.Folder, "data", "postmaster.pid"))
	if err != nil {
		return fmt.Errorf("find the PostgreSQL of %s: %w", n.Name, err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		return fmt.Errorf("find the PostgreSQL of %s: %w", n.Name, err)
	}
	n.patroni.Signal(syscall.SIGKILL)
	err = syscall.Kill(pid, syscall.SIGKILL)
	n.patroni.Kill()
	return err
}

// end ends everything that was started.
func (c *patroniCluster) end() {
	for _, one := range c.nodes {
		if one != nil && one.patroni != nil && one.kill() != nil {
			one.patroni.Kill()
		}
	}
	for _, one := range []*process.Process{c.haproxy, c.etcd} {
		if one != nil {
			one.Kill()
		}
	}
}
