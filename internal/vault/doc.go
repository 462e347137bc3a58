// Package vault holds the rules of what people save and share: vaults, their sealed records,
// and grants, which are copies sealed to one counsellor. What is in them it can't know; it
// sees age files, sizes and moments.
//
// Three rules carry the rest. Ids certify themselves (a vault's) or are made by the client
// and used once (a record's, a grant's), so a late or repeated request changes nothing.
// What is deleted leaves a tombstone, and no request brings it back. What has expired is
// not there, whether or not it was swept.
//
// A Service runs each rule in one transaction of a Store; the rows are the store's business.
package vault
