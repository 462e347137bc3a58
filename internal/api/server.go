package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// The limits of a connection. They are far above what a phone on a slow network
// needs for bodies of 64 KiB, and far below what makes holding a connection worthwhile.
const (
	readHeaderLimit = 5 * time.Second
	readLimit       = 15 * time.Second
	writeLimit      = 30 * time.Second
	idleLimit       = 60 * time.Second
	maxHeaderBytes  = 16 << 10
	shutdownLimit   = 25 * time.Second
)

// Server returns a server for the handler with Predah's limits. Its own error log
// is discarded, because net/http writes peer addresses to it.
func Server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler,
		// else net/http answers OPTIONS * itself, without our headers
		DisableGeneralOptionsHandler: true,
		ReadHeaderTimeout:            readHeaderLimit,
		ReadTimeout:                  readLimit,
		WriteTimeout:                 writeLimit,
		IdleTimeout:                  idleLimit,
		MaxHeaderBytes:               maxHeaderBytes,
		ErrorLog:                     log.New(io.Discard, "", 0),
	}
}

// Serve answers requests on the listener until the context ends. It then takes no
// new ones, finishes those that run (for at most 25 seconds) and returns nil.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := Server(handler)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(Refusing(listener, handler)) }()

	select {
	case err := <-ended:
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownLimit)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(fmt.Errorf("finish the requests that run: %w", err), server.Close())
	}
	<-ended
	return nil
}
