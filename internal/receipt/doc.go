// Package receipt makes and checks receipts: what a result came to, signed, so that someone who
// is shown it later can tell that it was scored here and not altered.
//
// A receipt commits to the answers without giving them away: whoever has it can check answers
// that they are shown together with the nonce, and can't find them by trying all there are. It
// says the day and not the second, so that it can't be traced to one call. It refuses to know
// who asks for it.
package receipt
