// Package client holds a client of the service, as tests only. It was written from
// docs/protocol.md and shares no code with the web app or the server: what it cannot do by
// that page, nobody outside can. It imports the standard library, filippo.io/age and scrypt.
package client
