// Package limit says who asks too often and whether the disk still has room. It knows
// addresses only as keyed hashes, in memory or on a server that processes share, for a day
// at most; which call counts against which rule is decided by who asks it.
package limit
