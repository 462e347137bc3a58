package api

import "strings"

// maxNameLength is the longest name of a caller's own making that is said back.
const maxNameLength = 64

// pointerTo returns the JSON pointer to a member (RFC 6901). A name that can be no
// id of ours, because it is long or holds other characters, is not said back: the
// pointer then leads to the object that holds it.
func pointerTo(object, name string) string {
	if !speakable(name) {
		return object
	}
	return object + "/" + name
}

// speakable reports whether a name is made of what names are made of.
func speakable(name string) bool {
	return name != "" && len(name) <= maxNameLength && strings.Trim(name, nameCharacters) == ""
}

// nameCharacters are the characters of ids and fields. None needs escaping in a
// JSON pointer.
const nameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
