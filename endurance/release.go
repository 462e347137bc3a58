package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"

	"predah/internal/caller"
)

// keptBackups is where backups of earlier versions are kept, one folder for each version of the
// tables.
const keptBackups = "internal/store/testdata/backups"

// keepCommand makes what a test of the store asks for: a backup of every version of the tables
// that there was, made by a program of that version.
type keepCommand struct {
	Commit string `arg:"" help:"The last commit whose tables have the version that a new migration changes."`
}

// Run builds the program of the commit, has it serve a few people, and keeps its backup.
func (c keepCommand) Run(ctx context.Context) error {
	folder, remove, err := workplace()
	if err != nil {
		return err
	}
	defer remove()
	program := filepath.Join(folder, "predah")
	if err := buildCommit(ctx, c.Commit, filepath.Join(folder, "sources"), program); err != nil {
		return err
	}
	data := filepath.Join(folder, "data")
	if err := liveALittle(ctx, program, data); err != nil {
		return fmt.Errorf("use the program of %s: %w", c.Commit, err)
	}
	backup := filepath.Join(folder, "backup")
	if _, err := said(ctx, program, "backup", "--data", data, backup); err != nil {
		return err
	}
	version, err := tablesOf(ctx, program, data)
	if err != nil {
		return err
	}
	kept := filepath.Join(keptBackups, version)
	if err := os.MkdirAll(kept, 0o755); err != nil {
		return err
	}
	tombstones, err := os.ReadFile(filepath.Join(data, "tombstones"))
	if err != nil {
		return err
	}
	err = errors.Join(compressTo(filepath.Join(kept, "backup.gz"), backup), os.WriteFile(filepath.Join(kept, "tombstones"), tombstones, 0o644))
	if err == nil {
		fmt.Println("kept", kept)
	}
	return err
}

// buildCommit builds the program of a commit, without the web app.
func buildCommit(ctx context.Context, commit, sources, program string) error {
	if err := os.Mkdir(sources, 0o700); err != nil {
		return err
	}
	for _, step := range []*exec.Cmd{
		exec.CommandContext(ctx, "git", "archive", "--output", sources+".tar", commit),
		exec.CommandContext(ctx, "tar", "-xf", sources+".tar", "-C", sources),
		exec.CommandContext(ctx, "go", "build", "-C", sources, "-o", program, "./cmd/predah"),
	} {
		if output, err := step.CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %w: %s", commit, err, output)
		}
	}
	return nil
}

// liveALittle lets two people save, share and delete, and one check be finished. What is kept is
// small, since it stays in the repository.
func liveALittle(ctx context.Context, program, data string) error {
	service, err := startService(ctx, program, data, "")
	if err != nil {
		return err
	}
	defer service.stop(context.WithoutCancel(ctx))
	invitation, err := caller.Invite(ctx, program, data, "", "office@primer.si")
	if err != nil {
		return err
	}
	counsellor, err := service.client.Accept(ctx, invitation)
	if err != nil {
		return err
	}
	link, err := counsellor.NewLink(ctx)
	if err != nil {
		return err
	}
	keeps, err := service.client.NewVault(ctx)
	if err == nil {
		_, err = saveRecord(ctx, keeps)
	}
	if err != nil {
		return err
	}
	deletes, err := service.client.NewVault(ctx)
	if err != nil {
		return err
	}
	deleted, err := saveRecord(ctx, deletes)
	if err != nil {
		return err
	}
	answers, err := filledIn(ctx, service.client)
	if err != nil {
		return err
	}
	grant, err := keeps.SealGrant(link, []byte("{}"))
	if err != nil {
		return err
	}
	if err := errors.Join(
		acknowledged(keeps.PutGrant(ctx, grant)),
		acknowledged(deletes.DeleteRecord(ctx, deleted)),
		acknowledged(service.client.Do(ctx, caller.Call{Method: http.MethodPost, Path: checkCall + "/score", Body: answers})),
	); err != nil {
		return err
	}
	return service.stop(ctx) // an end in order writes what was counted
}

// saveRecord saves a sealed record and returns its id.
func saveRecord(ctx context.Context, in *caller.Vault) (string, error) {
	id := caller.NewID()
	sealed, err := in.SealRecord(id, []byte("{}"))
	if err != nil {
		return "", err
	}
	return id, acknowledged(in.PutRecord(ctx, id, sealed))
}

// said runs a command of the program and returns what it printed.
func said(ctx context.Context, program string, args ...string) (string, error) {
	output, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("predah %s: %w: %s", args[0], err, output)
	}
	return string(output), nil
}

// compressTo compresses a file to another, the same each time.
func compressTo(to, from string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	writer, err := gzip.NewWriterLevel(target, gzip.BestCompression)
	if err != nil {
		return err
	}
	_, err = io.Copy(writer, source)
	return errors.Join(err, writer.Close())
}

var tablesHave = regexp.MustCompile(`tables have version (\d+)`)

// tablesOf asks the program which version its tables have.
func tablesOf(ctx context.Context, program, data string) (string, error) {
	text, err := said(ctx, program, "migrate", "status", "--data", data)
	if err != nil {
		return "", err
	}
	found := tablesHave.FindStringSubmatch(text)
	if found == nil {
		return "", fmt.Errorf("migrate status printed no version: %s", text)
	}
	return found[1], nil
}
