// Package batch scores files of answers of any length: CSV or JSON lines in, CSV or
// JSON lines out, on every core, in the order of the input and in constant memory.
//
// The input is cut into chunks of whole rows. Workers score chunks side by side; one
// goroutine writes what they made in the order in which it was read. Nothing of a row is kept
// but sums, so that a summary can be given at the end.
package batch
