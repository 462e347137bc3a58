// Package support owns the directory of support services: who helps with what,
// for whom, through which contact, and whether that contact is open at a moment.
//
// A caller needs two functions: Load reads the directory from its content files
// and refuses what is inconsistent, and Directory.Match lists the services that
// fit a person's question, best first. The rest of the package is opening hours:
// a documented subset of OpenStreetMap's opening_hours syntax (see
// docs/opening-hours.md), evaluated exactly on Ljubljana's clock and on the
// work-free days of Slovenia.
//
// It knows nothing of questionnaires, answers, results or HTTP. A binary that
// uses it should import time/tzdata, so that it does not depend on the machine's
// time zone files.
package support
