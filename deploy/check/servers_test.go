package check

import (
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"predah/internal/process"
	"predah/internal/process/postgres"
)

// commanded is the command of a service of the cluster after its first word, which it has to be:
// pairs of words.
func commanded(t *testing.T, service, program string) [][]string {
	t.Helper()
	command := composed(t, "cluster").Services[service].Command
	if len(command) < 3 || command[0] != program || len(command)%2 == 0 {
		t.Fatalf("%s runs %q, and not %s with pairs of words", service, command, program)
	}
	return slices.Collect(slices.Chunk([]string(command[1:]), 2))
}

// The images are another's, and are not here: their programs are those of this machine.
func TestPostgreSQLRunsWithTheSettingsOfTheComposeFile(t *testing.T) {
	var settings []string
	for _, pair := range commanded(t, "postgres", "postgres") {
		if pair[0] != "-c" {
			t.Fatalf("%q is no setting", pair)
		}
		settings = append(settings, pair[1])
	}
	home, err := os.MkdirTemp("", "predah-check-") // where the user of PostgreSQL comes to, unlike the test's own folder
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	cluster, err := postgres.Start(t.Context(), home, settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cluster.Kill)
	connection, err := pgx.Connect(t.Context(), cluster.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close(t.Context())
	for _, setting := range settings {
		name, want, _ := strings.Cut(setting, "=")
		var got string
		if err := connection.QueryRow(t.Context(), "SELECT current_setting($1)", name).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, not %q: %v", name, got, want, err)
		}
	}
}

func TestValkeyRunsWithTheSettingsOfTheComposeFileAndWritesNothing(t *testing.T) {
	pairs, folder := commanded(t, "valkey", "valkey-server"), t.TempDir()
	server, err := process.Start(t.Context(), countingServer(t, folder, slices.Concat(pairs...)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Kill)
	client := redis.NewClient(&redis.Options{Addr: server.Address})
	defer client.Close()
	for _, pair := range pairs {
		name, want := strings.TrimPrefix(pair[0], "--"), pair[1]
		if mib, isSize := strings.CutSuffix(want, "mb"); isSize {
			size, err := strconv.Atoi(mib)
			if err != nil {
				t.Fatal(err)
			}
			want = strconv.Itoa(size << 20)
		}
		got, err := client.ConfigGet(t.Context(), name).Result()
		if value, known := got[name]; err != nil || !known || value != want {
			t.Errorf("%s is %q, not %q: %v", name, value, want, err)
		}
	}
	if err := client.Set(t.Context(), "key", "value", 0).Err(); err != nil {
		t.Error(err)
	}
	if err := server.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v is on the disk: %v", left, err)
	}
}

// countingServer is Valkey, or Redis in its place, on a free port of the loopback.
func countingServer(t *testing.T, folder string, arguments []string) process.Command {
	t.Helper()
	address, err := process.FreeAddress()
	if err != nil {
		t.Fatal(err)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{os.Getenv("PREDAH_REDIS_SERVER"), "valkey-server", "redis-server"} {
		if path, err := exec.LookPath(name); err == nil {
			return process.Command{Path: path, Args: append(arguments, "--bind", host, "--port", port), Dir: folder, Address: address}
		}
	}
	t.Fatal("Valkey or Redis is needed: make test-deploy finds or installs it")
	return process.Command{}
}
