package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"predah/internal/caller"
	"predah/internal/measured"
	"predah/internal/process"
	"predah/internal/process/postgres"
)

const (
	// A replica is down for a random time, and up for another.
	downAtLeast, downAtMost = 200 * time.Millisecond, 2 * time.Second
	upAtLeast, upAtMost     = time.Second, 3 * time.Second
)

type scaleCommand struct {
	common
	Kills   int           `default:"30" help:"How often a replica is killed (${default})."`
	Instant time.Duration `default:"2s" help:"For how long after a kill calls may fail: those that the replica had not answered (${default})."`
	Caddy   string        `default:"caddy" env:"PREDAH_CADDY" placeholder:"FILE" help:"Caddy (${default})."`
}

// Run is the scale test.
func (c scaleCommand) Run(ctx context.Context) error {
	began := time.Now()
	line, err := c.try(ctx, c.chance())
	fmt.Println(line)
	if err != nil || !c.Write {
		return err
	}
	return measured.Section(reportPath, "Scale", fmt.Sprintf("`make scale` (%d kills, %s, %s): %s.", c.Kills, machine(), time.Since(began).Round(time.Second), line))
}

// replicas are two services on one database, behind Caddy with the Caddyfile of deploy.
type replicas struct {
	cluster  *postgres.Cluster
	services [2]*service
	caddy    *process.Process
	client   *caller.Client // through Caddy
}

// try kills one replica after the other under load, and compares at the end.
func (c scaleCommand) try(ctx context.Context, chance *rand.Rand) (string, error) {
	folder, remove, err := workplace()
	if err != nil {
		return "", err
	}
	defer remove()
	r := new(replicas)
	defer r.end()
	if err := r.start(ctx, c, folder); err != nil {
		return "", err
	}
	pool, err := caller.NewPool()
	if err != nil {
		return "", err
	}
	places, err := r.services[0].places(ctx)
	if err != nil {
		return "", err
	}
	seen, journal := new(sight), caller.NewJournal()
	busy, stop := context.WithCancel(ctx)
	defer stop()
	checks, err := scoring(busy, r.client)
	if err != nil {
		return "", err
	}
	writing := load{client: r.client, journal: journal, pool: pool, places: places, rarely: 80, seen: seen.count}.start(busy, chance)
	kills, err := r.kill(ctx, c, chance)
	stop()
	<-writing
	checked := <-checks
	if err != nil {
		return "", err
	}
	report, err := journal.Compare(ctx, r.client)
	line := fmt.Sprintf("%s; self-checks: %s; %s", seen, checked, report)
	if err == nil && !report.Whole() {
		err = errors.New("the service does not have what it acknowledged")
	}
	return line, errors.Join(err, seen.judge(kills), (&sight{failures: checked.failures}).judge(kills))
}

func (r *replicas) start(ctx context.Context, c scaleCommand, folder string) (err error) {
	home := filepath.Join(folder, "postgres")
	if err := errors.Join(os.Chmod(folder, 0o755), os.Mkdir(home, 0o700)); err != nil {
		return err
	}
	if r.cluster, err = postgres.Start(ctx, home); err != nil {
		return err
	}
	if r.services, err = startReplicas(ctx, c.Program, folder, r.cluster.URL()); err != nil {
		return err
	}
	if r.caddy, err = startCaddy(ctx, c.Caddy, folder, r.services); err != nil {
		return err
	}
	r.client = caller.New(r.caddy.Address, 2*writers)
	return nil
}

// startReplicas starts two services that share a database and the folder of keys.
func startReplicas(ctx context.Context, program, folder, database string, environment ...string) (started [2]*service, err error) {
	if program, err = absolute(program); err != nil {
		return started, err
	}
	secrets := filepath.Join(folder, "secrets")
	if err := os.Mkdir(secrets, 0o700); err != nil {
		return started, err
	}
	for i := range started {
		data := filepath.Join(folder, fmt.Sprint("replica-", i+1))
		if err := errors.Join(os.Mkdir(data, 0o700), os.Symlink(secrets, filepath.Join(data, "secrets"))); err != nil {
			return started, err
		}
		if started[i], err = startService(ctx, program, data, database, environment...); err != nil {
			return started, err
		}
	}
	return started, nil
}

func startCaddy(ctx context.Context, program, folder string, upstreams [2]*service) (*process.Process, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, fmt.Errorf("find Caddy (make scale does): %w", err)
	}
	config, err := fromRoot("deploy/Caddyfile")
	if err != nil {
		return nil, err
	}
	address, err := process.FreeAddress()
	if err != nil {
		return nil, err
	}
	return process.Start(ctx, process.Command{
		Path: path, Args: []string{"run", "--adapter", "caddyfile", "--config", config}, Address: address, Health: "/readyz",
		Env: []string{"HOME=" + folder, "XDG_DATA_HOME=" + folder, "XDG_CONFIG_HOME=" + folder, "PREDAH_SITE=http://" + address,
			"PREDAH_UPSTREAMS=" + upstreams[0].Address + " " + upstreams[1].Address},
	})
}

// fromRoot is the path of a file of the project, looked for from here upwards.
func fromRoot(path string) (string, error) {
	for folder := "."; ; folder = filepath.Join("..", folder) {
		full, err := filepath.Abs(filepath.Join(folder, path))
		if err != nil {
			return "", err
		}
		if _, err := os.Stat(full); err == nil {
			return full, nil
		}
		if at, err := filepath.Abs(folder); err != nil || at == filepath.Dir(at) {
			return "", fmt.Errorf("there is no %s in the project", path)
		}
	}
}

// kill kills the replicas in turn and starts each again; it returns when calls were allowed to fail.
func (r *replicas) kill(ctx context.Context, c scaleCommand, chance *rand.Rand) ([]silence, error) {
	var kills []silence
	for n := range c.Kills {
		linger(ctx, between(chance, upAtLeast, upAtMost))
		victim := r.services[n%len(r.services)]
		from := time.Now()
		victim.Kill()
		kills = append(kills, silence{from: from, to: time.Now().Add(c.Instant)})
		linger(ctx, between(chance, downAtLeast, downAtMost))
		if err := victim.restart(ctx); err != nil {
			return kills, err
		}
	}
	linger(ctx, upAtLeast)
	return kills, ctx.Err()
}

// end ends what runs.
func (r *replicas) end() {
	if r.caddy != nil {
		r.caddy.Kill()
	}
	endServices(r.services)
	if r.cluster != nil {
		r.cluster.Kill()
	}
}

func endServices(services [2]*service) {
	for _, one := range services {
		if one != nil {
			one.Kill()
		}
	}
}
