// Package seal is the protocol by which saved and shared results are sealed: recovery
// codes, the keys that follow from them or from a password, the envelopes that say what a
// sealed file is and where it belongs, and age files for hybrid keys only. The web app
// does the same in TypeScript (frontend/src/lib/seal); docs/protocol.md has the exact bytes,
// and testdata/protocol the vectors that both are held to.
//
// A client needs four things: ParseCode, Code.Identity, Open and ReadEnvelope. The server
// has no use for any of this: it never sees a code, and cannot open what it keeps.
package seal
