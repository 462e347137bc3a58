package account

import "errors"

// What a call can be refused for.
var (
	// ErrNotFound says that there is no such thing, or none that the caller may know of.
	ErrNotFound = errors.New("there is no such thing")
	// ErrUnknownInvitation says that an invitation was never made, was used or has expired.
	ErrUnknownInvitation = errors.New("there is no such invitation")
	// ErrWrongCredentials says that the address, the password or the code is not right, or
	// that there were too many wrong codes.
	ErrWrongCredentials = errors.New("the credentials are not right")
	// ErrUnauthenticated says that nothing shows who calls.
	ErrUnauthenticated = errors.New("nobody is signed in")
	// ErrSessionEnded says that the session of the caller has ended.
	ErrSessionEnded = errors.New("the session has ended")
	// ErrCode says that the first code of a new second factor is not right.
	ErrCode = errors.New("the code is not one of the new second factor")
	// ErrSecret says that the secret of a second factor is not 20 bytes in base32.
	ErrSecret = errors.New("the secret of the second factor is not 20 bytes in base32")
	// ErrRecipient says that a public key is no post-quantum hybrid recipient.
	ErrRecipient = errors.New("the recipient is no hybrid key")
	// ErrSealedKey says that a sealed key is not sealed to exactly one hybrid key.
	ErrSealedKey = errors.New("the key is not sealed as it has to be")
	// ErrName says that a name is empty, too long, or no plain line of text.
	ErrName = errors.New("the name is empty, too long or no plain line of text")
	// ErrLabel says so of the label of a link.
	ErrLabel = errors.New("the label is empty, too long or no plain line of text")
	// ErrEmail says that an e-mail address is none, or not of ASCII characters only.
	ErrEmail = errors.New("the e-mail address is none, or not of ASCII characters only")
	// ErrEnds says that the end of a link is past or too far away.
	ErrEnds = errors.New("the end of the link is not in the time that can be chosen")
	// ErrTooManyLinks says that a counsellor has as many links as there can be.
	ErrTooManyLinks = errors.New("there are as many links as there can be")
)
