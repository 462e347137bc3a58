// Package source reads strict YAML files and says, in words an author understands
// and with line and column, everything that is wrong with one.
//
// Strict means: at most MaxSize bytes of UTF-8; one document; no anchors, aliases,
// merge keys, tags or directives; no key twice; numbers in plain decimal notation;
// and nothing that the file's JSON Schema does not allow.
//
// A schema may carry, beside the standard keywords, two that editors know as well:
// errorMessage replaces the message of a failed keyword of the same schema object
// (all but required and additionalProperties, whose messages name the key), and
// patternErrorMessage that of a failed pattern. Where patternProperties says how keys
// are written, keyErrorMessage says it in words. Schemas should not use propertyNames:
// the validator does not tell where it failed.
//
// The package knows files and schemas; what stands in them it does not know.
package source
