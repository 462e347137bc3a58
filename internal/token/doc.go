// Package token issues and checks access tokens: JWTs that say, for a quarter of an hour at
// most, which vault was opened or which counsellor signed in (RFC 9068, RFC 8725).
//
// A token only says who calls. Whether the vault is still there, or the account active and its
// session alive, is asked of the database with every call, by packages vault and account.
package token
