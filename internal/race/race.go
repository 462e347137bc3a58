//go:build race

// Package race says whether the race detector is on. It makes everything several times slower:
// tests of what runs in one goroutine leave their repeats to a run without it (`make test-go`).
package race

// Enabled is true with the race detector.
const Enabled = true
