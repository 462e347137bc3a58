// Package preview shows a questionnaire in the browser while it is being written: the
// service itself, made anew whenever a file is saved, with a panel beside it that lists the
// mistakes of the files and, for every answer sent, which rules held.
//
// [Site] is that service as a handler; [Watch] says when files change; [Trace] says which
// rules hold. A preview is for the author's own machine: [Loopback] refuses any other
// address, and the site refuses requests that name another host. The service that is
// previewed is not weakened: the panel is a script and a style sheet of the same origin,
// which its Content-Security-Policy allows as it is.
package preview
