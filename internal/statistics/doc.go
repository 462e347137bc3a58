// Package statistics counts finished self-checks for the reports that an institute owes to its
// funders: how many of each questionnaire in a month.
//
// It refuses to know anything else: not who, not what came out, not at what time. Counts are
// collected in memory, written once a day after the day is over, and never written while they
// are so small that they would say something about one person. docs/decisions/statistics.md
// has the reasons.
package statistics
