// Package api is Predah as seen over HTTP: the operations of version 1, their
// OpenAPI document and readable pages, the problems they answer with, and the
// web app's files.
//
// A newcomer needs two functions: New makes the handler, Serve runs it. The
// package knows HTTP, JSON and the languages of a caller; what a result means is
// decided in package scoring, which service fits in package support, and neither
// knows of this package. Nothing of a self-check is kept or logged here.
package api
