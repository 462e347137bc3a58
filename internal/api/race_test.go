//go:build race

package api

func init() { underRace = true }
