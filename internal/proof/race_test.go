//go:build race

package proof

func init() { underRace = true }
