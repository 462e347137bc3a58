package check

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// unit are the settings of a unit file, each with all its values.
func unit(t *testing.T, path string) map[string][]string {
	t.Helper()
	set := make(map[string][]string)
	for line := range strings.Lines(read(t, path)) {
		line = strings.TrimSpace(line)
		if name, value, found := strings.Cut(line, "="); found && !strings.HasPrefix(line, "#") {
			set[name] = append(set[name], value)
		}
	}
	return set
}

func TestTheUnitSetsWhatTheServiceReads(t *testing.T) {
	environment := make(map[string]bool)
	for _, pair := range strings.Fields(strings.Join(unit(t, "deploy/systemd/predah.service")["Environment"], " ")) {
		name, _, _ := strings.Cut(pair, "=")
		environment[name] = true
	}
	expectSettings(t, environment)
}

// TestCommandsUseTheDatabaseOfTheUnit: what systemd sets for the service, the script sets for a
// command, also an address with signs that a shell reads otherwise.
func TestCommandsUseTheDatabaseOfTheUnit(t *testing.T) {
	set := unit(t, "deploy/systemd/predah.service")
	script := read(t, "deploy/systemd/predah-admin")
	file := strings.TrimPrefix(set["EnvironmentFile"][0], "-")
	for _, same := range []string{file, "runuser -u " + set["User"][0] + " ", "PREDAH_DATA=/var/lib/" + set["StateDirectory"][0] + "\n"} {
		if !strings.Contains(script, same) {
			t.Errorf("the script does not have %q", same)
		}
	}
	folder := t.TempDir()
	const database = "postgres://predah@127.0.0.1/predah?passfile=/etc/predah/pgpass&connect_timeout=3"
	for name, text := range map[string]string{
		"env":     "# the database\nPREDAH_DATABASE=" + database + "\nOTHER=thing\n",
		"runuser": "#!/bin/sh\nprintf '%s|' \"$PREDAH_DATABASE\" \"$PREDAH_DATA\" \"${OTHER-}\" \"$@\"\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command("sh", "-c", script, "predah-admin", "counsellors", "list")
	command.Env = append(os.Environ(), "PATH="+folder+":"+os.Getenv("PATH"), "PREDAH_ENV_FILE="+filepath.Join(folder, "env"))
	said, err := command.CombinedOutput()
	if want := database + "|/var/lib/predah||-u|predah|--|predah|counsellors|list|"; err != nil || string(said) != want {
		t.Errorf("%v: %s", err, said)
	}
}

func TestTheUnitIsClosed(t *testing.T) {
	set := unit(t, "deploy/systemd/predah.service")
	for name, want := range map[string]string{
		"User": "predah", "LimitCORE": "0", "MemorySwapMax": "0", "NoNewPrivileges": "yes", "ProtectSystem": "strict",
		"MemoryDenyWriteExecute": "yes", "StateDirectory": "predah", "StateDirectoryMode": "0700", "CapabilityBoundingSet": "",
		"SystemCallArchitectures": "native",
	} {
		if got := set[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s=%v, not %s", name, got, want)
		}
	}
	if !strings.Contains(strings.Join(set["Environment"], " "), "GOTRACEBACK=none") {
		t.Error("a crash prints what is in memory")
	}
	if len(set["SystemCallFilter"]) == 0 {
		t.Error("every system call is allowed")
	}
}

// Where there is a systemd, it reads the unit itself, and judges it: 0 is closed and 10 is open.
func TestSystemdTakesTheUnit(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze; what the unit has to say is tested beside this")
	}
	folder := t.TempDir()
	text := strings.ReplaceAll(read(t, "deploy/systemd/predah.service"), "/usr/local/bin/predah", built(t))
	path := filepath.Join(folder, "predah.service")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(analyze, "verify", "--man=no", path).CombinedOutput(); err != nil || len(said) > 0 {
		t.Errorf("verify: %v\n%s", err, said)
	}
	if said, err := exec.Command(analyze, "security", "--offline=true", "--threshold=15", path).CombinedOutput(); err != nil {
		t.Errorf("security: %v\n%s", err, said)
	}
}
