// Package secrets keeps what the service must not lose and nobody else may see: the pepper and
// the keys that sign. They are files in a folder of their own, readable by their owner only, so
// that neither the database nor its backups hold them.
//
// It refuses to know what is signed or sealed with them.
package secrets
