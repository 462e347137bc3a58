// Package metrics counts what an operator has to watch, for Prometheus: requests by route
// template, writes, limits, upkeep, keys, the process itself.
//
// It refuses to know what anybody asked for: no label is a questionnaire, an area, a level, a
// link, an account or a vault, because a count of one at three past two is a disclosure. Nobody
// else imports Prometheus.
package metrics
