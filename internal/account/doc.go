// Package account owns the rules of counsellors: invitations, sign-in with a second factor,
// sessions whose refresh tokens rotate, share links, and the end of an account.
//
// A password never comes here. What comes is Auth, which the browser derives from it, and the
// counsellor's private key sealed to another derivation of it. What is kept of both is useless
// without the pepper, which is in no database and no backup: see keys.go.
//
// A Service runs every rule in one transaction of a Store. It knows no tables, no HTTP and no
// signed tokens; what becomes of a counsellor's grants is decided by package vault.
package account
