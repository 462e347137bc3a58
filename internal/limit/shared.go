package limit

import (
	"context"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// ErrAddress says that the address of a server is none. It does not repeat the address,
// which may hold a password.
var ErrAddress = errors.New("expected redis://[user:password@]host:port[/number], rediss://… for TLS or unix:///path/to/socket")

// defaultAnswerLimit is how long a call waits for the server before it is counted locally.
const defaultAnswerLimit = 100 * time.Millisecond

// takeScript counts calls on the server, which runs it as one step.
//
//go:embed take.lua
var takeScript string

// SharedConfig says how processes count together.
type SharedConfig struct {
	Address string // of a Redis or Valkey server, as a URL
	// Key derives a secret for a use, the same in every process. What the server keeps is
	// hashed with it, so that who reads the server finds nobody. See docs/decisions/limits.md.
	Key         func(use string) [32]byte
	AnswerLimit time.Duration // how long a call waits for the server; 0 for 100 ms
	Logger      *slog.Logger  // is told when the server goes and comes back; nil for nobody
	Now         func() time.Time
}

// Shared counts calls together with other processes. While its server does not answer, it
// says so at once. It is safe for concurrent use.
type Shared struct {
	config  SharedConfig
	client  *redis.Client
	script  *redis.Script
	circuit circuit
}

// NewShared returns what counts on the server. It asks the server nothing yet, so that a
// service starts without it. The error is ErrAddress.
func NewShared(config SharedConfig) (*Shared, error) {
	options, err := redis.ParseURL(config.Address)
	if err != nil {
		return nil, ErrAddress // the cause would repeat it
	}
	if config.AnswerLimit == 0 {
		config.AnswerLimit = defaultAnswerLimit
	}
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	logging.Disable() // what the library would print comes back as an error too
	wait := config.AnswerLimit
	options.DialTimeout, options.ReadTimeout, options.WriteTimeout, options.PoolTimeout = wait, wait, wait, wait
	options.ContextTimeoutEnabled = true
	options.MaxRetries, options.DialerRetries = -1, 1 // the local count is the second try
	options.DisableIdentity = true
	options.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return &Shared{config: config, client: redis.NewClient(options), script: redis.NewScript(takeScript)}, nil
}

// close ends the connections.
func (s *Shared) close() error {
	if err := s.client.Close(); err != nil {
		return fmt.Errorf("let go of the server of the limits: %w", err)
	}
	return nil
}

// take counts the calls, unless the server does not answer.
func (s *Shared) take(ctx context.Context, calls []Call) (result, bool) {
	now := s.config.Now()
	if !s.circuit.mayTry(now) {
		return result{}, false
	}
	var came result
	err := s.within(ctx, func(ctx context.Context) (err error) {
		came, err = s.run(ctx, now, calls)
		return err
	})
	return came, err == nil
}

// reach asks whether the server answers now, and takes it up again if it does.
func (s *Shared) reach(ctx context.Context) error {
	return s.within(ctx, func(ctx context.Context) error { return s.client.Ping(ctx).Err() })
}

// within asks the server something for a short time, however soon the caller hangs up: that
// is no fault of the server's. What came of it opens or closes the circuit.
func (s *Shared) within(ctx context.Context, ask func(context.Context) error) error {
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.config.AnswerLimit)
	defer cancel()
	err := ask(limited)
	if !s.circuit.report(err == nil, s.config.Now()) {
		return err
	}
	if err == nil {
		s.config.Logger.LogAttrs(ctx, slog.LevelInfo, "limits are shared again")
	} else {
		s.config.Logger.LogAttrs(ctx, slog.LevelWarn, "the server of the limits does not answer, this process counts alone", slog.String("cause", err.Error()))
	}
	return err
}

// run sends the calls: what tells them apart as keys, and each rule as the microseconds
// between two calls, less than nothing for one given back, and those of its window.
func (s *Shared) run(ctx context.Context, now time.Time, calls []Call) (result, error) {
	secret := s.config.Key("limits of " + now.UTC().Format(time.DateOnly))
	keys, rules := make([]string, len(calls)), make([]any, 0, 2*len(calls))
	for i, call := range calls {
		key := keyOf(secret, call)
		keys[i] = "predah:limit:" + base64.RawURLEncoding.EncodeToString(key[:])
		window := call.Rule.Window.Microseconds()
		interval := window / int64(call.Rule.Calls)
		if call.back {
			interval = -interval
		}
		rules = append(rules, interval, window)
	}
	said, err := s.script.Run(ctx, s.client, keys, rules...).Int64Slice()
	if err != nil {
		return result{}, err
	}
	if len(said) != 2 || said[0] < 0 || said[0] > int64(len(calls)) {
		return result{}, fmt.Errorf("the script answers with %d numbers out of bounds", len(said))
	}
	return result{allowed: int(said[0]), wait: time.Duration(said[1]) * time.Microsecond}, nil
}
