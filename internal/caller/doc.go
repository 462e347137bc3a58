// Package caller calls the service over HTTP as people's browsers do, for measurements and
// endurance tests: it makes vaults, saves and deletes sealed records, shares with
// counsellors, who it is too, and takes back. Its Journal notes what was acknowledged, and
// compares the service with that afterwards, on both sides of what is shared.
//
// It knows the protocol (docs/protocol.md) and nothing of how the service keeps things.
package caller
