package check

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// composed is docker-compose.yml as docker compose reads it: against the schema of the
// specification, with .env, and with these profiles instead of those that .env names.
func composed(t *testing.T, profiles ...string) *types.Project {
	t.Helper()
	folder, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	options, err := cli.NewProjectOptions([]string{filepath.Join(folder, "docker-compose.yml")},
		cli.WithWorkingDirectory(folder), cli.WithEnvFiles(), cli.WithDotEnv, cli.WithDefaultProfiles(profiles...))
	if err != nil {
		t.Fatal(err)
	}
	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return project
}

func TestTheDefaultIsOneContainerAndAClusterIsFive(t *testing.T) {
	for _, test := range []struct {
		profiles []string
		want     string
	}{
		{nil, "predah"},
		{[]string{"cluster"}, "caddy postgres predah-1 predah-2 valkey"},
	} {
		if got := strings.Join(slices.Sorted(maps.Keys(composed(t, test.profiles...).Services)), " "); got != test.want {
			t.Errorf("profiles %v start %s, not %s", test.profiles, got, test.want)
		}
	}
}

func TestOnlyCaddyIsReachable(t *testing.T) {
	project := composed(t, "cluster")
	for name, service := range project.Services {
		if published := len(service.Ports) > 0; published != (name == "caddy") {
			t.Errorf("%s publishes ports: %v", name, published)
		}
		for network := range service.Networks {
			if name != "caddy" && !project.Networks[network].Internal {
				t.Errorf("%s is in %s, which leads outside", name, network)
			}
		}
		if _, front := service.Networks["front"]; (name == "postgres" || name == "valkey") && front {
			t.Errorf("%s can be reached by Caddy", name)
		}
	}
	for _, port := range composed(t).Services["predah"].Ports {
		if port.HostIP != "127.0.0.1" {
			t.Errorf("a single container is published on %q, without TLS", port.HostIP)
		}
	}
}

func TestEveryContainerIsClosed(t *testing.T) {
	services := composed(t, "cluster").Services
	maps.Copy(services, composed(t).Services)
	for name, service := range services {
		for what, holds := range map[string]bool{
			"a root that is only read":      service.ReadOnly,
			"no capabilities":               slices.Equal(service.CapDrop, []string{"ALL"}),
			"no new privileges":             slices.Contains(service.SecurityOpt, "no-new-privileges:true"),
			"no core dumps":                 service.Ulimits["core"] != nil && service.Ulimits["core"].Single == 0,
			"a limit of processes":          service.Deploy != nil && service.Deploy.Resources.Limits.Pids > 0,
			"a limit of memory and of time": service.Deploy != nil && service.Deploy.Resources.Limits.MemoryBytes > 0 && service.Deploy.Resources.Limits.NanoCPUs > 0,
			"a new start after a failure":   service.Restart == "unless-stopped",
			"a bound for its log":           service.Logging != nil && service.Logging.Options["max-size"] != "",
			"no more capabilities":          len(service.CapAdd) == 0 || name == "caddy" && slices.Equal(service.CapAdd, []string{"NET_BIND_SERVICE"}),
		} {
			if !holds {
				t.Errorf("%s lacks: %s", name, what)
			}
		}
	}
}

func TestReplicasAreAlikeButForTheirTombstones(t *testing.T) {
	services := composed(t, "cluster").Services
	one, two := services["predah-1"], services["predah-2"]
	expectSettings(t, one.Environment)
	expectSettings(t, composed(t).Services["predah"].Environment)
	if !maps.EqualFunc(one.Environment, two.Environment, func(a, b *string) bool { return *a == *b }) {
		t.Error("the replicas have different settings")
	}
	if trusted, front := *one.Environment["PREDAH_TRUSTED_PROXIES"], composed(t, "cluster").Networks["front"].Ipam.Config[0].Subnet; trusted != front {
		t.Errorf("%s is trusted, and Caddy is in %s", trusted, front)
	}
	volume := func(service types.ServiceConfig, target string) string {
		for _, mounted := range service.Volumes {
			if mounted.Target == target {
				return mounted.Source
			}
		}
		return ""
	}
	if volume(one, "/data/secrets") == "" || volume(one, "/data/secrets") != volume(two, "/data/secrets") {
		t.Error("the replicas do not have the same keys")
	}
	if volume(one, "/data") == "" || volume(one, "/data") == volume(two, "/data") {
		t.Error("the replicas do not have tombstones of their own")
	}
	upstreams := *services["caddy"].Environment["PREDAH_UPSTREAMS"]
	if upstreams != "predah-1:8080 predah-2:8080" {
		t.Errorf("Caddy asks %s", upstreams)
	}
}

func TestEverythingMountedIsThere(t *testing.T) {
	project := composed(t, "cluster")
	for name, service := range project.Services {
		for _, mounted := range service.Volumes {
			if mounted.Type != types.VolumeTypeBind {
				continue
			}
			if _, err := os.Stat(mounted.Source); err != nil || !mounted.ReadOnly {
				t.Errorf("%s mounts %s: %v, read-only %v", name, mounted.Source, err, mounted.ReadOnly)
			}
		}
	}
	made := filepath.Join(t.TempDir(), "secrets")
	if said, err := exec.Command(filepath.Join(root, "deploy", "make-secrets"), made).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	for name, secret := range project.Secrets {
		info, err := os.Stat(filepath.Join(made, filepath.Base(secret.File)))
		if err != nil || info.Mode().Perm() != 0o444 {
			t.Errorf("the secret %s: %v", name, err)
		}
	}
	password, _ := os.ReadFile(filepath.Join(made, "postgres-password"))
	line, _ := os.ReadFile(filepath.Join(made, "pgpass"))
	if len(password) != 48 || string(line) != "*:*:*:predah:"+string(password)+"\n" {
		t.Errorf("PostgreSQL takes %q, and the replicas send what %q says", password, line)
	}
	if folder, err := os.Stat(made); err != nil || folder.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the secrets is open: %v", err)
	}
	if exec.Command(filepath.Join(root, "deploy", "make-secrets"), made).Run() == nil {
		t.Error("secrets are written over")
	}
}
