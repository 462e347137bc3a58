package check

import (
	"strings"
)

// instruction is one instruction of a Dockerfile.
type instruction struct {
	name      string // in capitals
	arguments string
}

// stage is a part of a Dockerfile that begins with FROM.
type stage struct {
	name, image  string
	instructions []instruction
}

// stages reads a Dockerfile whose instructions each stand on one line.
func stages(text string) []stage {
	var read []stage
	for line := range strings.Lines(text) {
		name, arguments, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case name == "" || strings.HasPrefix(name, "#"):
		case name == "FROM":
			image, as, _ := strings.Cut(arguments, " AS ")
			read = append(read, stage{name: as, image: image})
		default:
			last := &read[len(read)-1]
			last.instructions = append(last.instructions, instruction{name, arguments})
		}
	}
	return read
}

// all are the arguments of every instruction of a name.
func (s stage) all(name string) (arguments []string) {
	for _, each := range s.instructions {
		if each.name == name {
			arguments = append(arguments, each.arguments)
		}
	}
	return arguments
}
