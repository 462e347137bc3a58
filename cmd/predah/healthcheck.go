package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// healthLimit is how long the service may take to say whether it is ready.
const healthLimit = 2 * time.Second

type healthcheckCommand struct {
	Listen string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address the service listens on, as predah serve has it (${default})."`
}

// Help is shown by predah healthcheck --help.
func (healthcheckCommand) Help() string {
	return `Asks /readyz and ends with 0 if the service of this machine is ready, else with 1: for container images,
which have no shell and no curl.`
}

func (c healthcheckCommand) Run(std streams) error {
	address, err := c.address()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), healthLimit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("ask the service: %w", err)
	}
	transport := &http.Transport{DisableKeepAlives: true} // and no proxy: the service is here
	response, err := transport.RoundTrip(request)
	if err != nil {
		return fmt.Errorf("ask the service: %w", err)
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	if err != nil {
		return fmt.Errorf("read what the service says: %w", err)
	}
	fmt.Fprintf(std.out, "%s\n", said)
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the service is not ready: %s", response.Status)
	}
	return nil
}

// address is where to ask: where the service listens, or the loopback address when it listens
// on every address of the machine.
func (c healthcheckCommand) address() (string, error) {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return "", fmt.Errorf("read the address: %w", err)
	}
	if port == "" || port == "0" {
		return "", fmt.Errorf("%s names no port that can be asked", c.Listen)
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}
