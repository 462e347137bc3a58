// Package questionnaires holds the content that the product comes with:
// the questionnaires, those of their versions that were released, the areas, the support directory,
// and the JSON Schemas of them all.
package questionnaires

import "embed"

// FS is the content, with the schemas in the folder schemas.
//
//go:embed */*.yaml schemas/*.json released
var FS embed.FS
