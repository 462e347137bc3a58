package client_test

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"golang.org/x/crypto/scrypt"
)

const symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// random draws so many bytes.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

// writeCode writes a code as section 2 of the protocol has it.
func writeCode(code []byte) string {
	check := sha256.Sum256(append([]byte("predah/v1/code"), code...))
	all := new(big.Int).SetBytes(append(bytes.Clone(code), check[:2]...))
	all.Rsh(all, 4) // 140 bits
	var groups []string
	for range 7 {
		group := ""
		for range 4 {
			symbol := new(big.Int).And(all, big.NewInt(31)).Int64()
			group = symbols[symbol:symbol+1] + group
			all.Rsh(all, 5)
		}
		groups = append([]string{group}, groups...)
	}
	return strings.Join(groups, "-")
}

// readCode reads a code that was written well.
func readCode(t *testing.T, written string) []byte {
	t.Helper()
	all := new(big.Int)
	for _, symbol := range strings.ReplaceAll(written, "-", "") {
		all.Lsh(all, 5).Or(all, big.NewInt(int64(strings.IndexRune(symbols, symbol))))
	}
	code := all.Rsh(all, 12).FillBytes(make([]byte, 16))
	if writeCode(code) != written {
		t.Fatalf("%s is not a code", written)
	}
	return code
}

func derive(t *testing.T, secret []byte, info string) []byte {
	t.Helper()
	key, err := hkdf.Key(sha256.New, secret, []byte("predah/v1"), info, 32)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func vaultID(auth []byte) string {
	sum := sha256.Sum256(append([]byte("predah/v1/vault-id"), auth...))
	return lowerBase32.EncodeToString(sum[:16])
}

// identity writes a seed as Bech32 and reads it as an age identity.
func identity(t *testing.T, seed []byte) *age.HybridIdentity {
	t.Helper()
	const prefix, charset = "age-secret-key-pq-", "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	bits := new(big.Int).SetBytes(seed)
	bits.Lsh(bits, 4) // 260 bits, 52 groups of five
	data := make([]byte, 52)
	for i := range data {
		data[51-i] = byte(new(big.Int).And(bits, big.NewInt(31)).Int64())
		bits.Rsh(bits, 5)
	}
	var expanded []byte
	for _, c := range []byte(prefix) {
		expanded = append(expanded, c>>5)
	}
	expanded = append(expanded, 0)
	for _, c := range []byte(prefix) {
		expanded = append(expanded, c&31)
	}
	sum := polymod(append(append(expanded, data...), make([]byte, 6)...)) ^ 1
	for i := range 6 {
		data = append(data, byte(sum>>(5*(5-i))&31))
	}
	written := prefix + "1"
	for _, value := range data {
		written += charset[value : value+1]
	}
	i, err := age.ParseHybridIdentity(strings.ToUpper(written))
	if err != nil {
		t.Fatalf("the identity of a seed: %v", err)
	}
	return i
}

// polymod is the checksum of BIP 173.
func polymod(values []byte) uint32 {
	sum := uint32(1)
	for _, value := range values {
		top := sum >> 25
		sum = (sum&0x1ffffff)<<5 ^ uint32(value)
		for i, generator := range []uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= generator
			}
		}
	}
	return sum
}

func fingerprint(recipient string) string {
	sum := sha256.Sum256([]byte(recipient))
	return lowerBase32.EncodeToString(sum[:])[:20]
}

// stretch stretches a password of ASCII characters, which NFKC leaves as they are.
func stretch(t *testing.T, password string, salt []byte) (auth []byte, unlock *age.HybridIdentity) {
	t.Helper()
	stretched, err := scrypt.Key([]byte(password), salt, 1<<17, 8, 1, 32)
	if err != nil {
		t.Fatal(err)
	}
	return derive(t, stretched, "counsellor/auth"), identity(t, derive(t, stretched, "counsellor/unlock"))
}

// newID makes a UUID of version 7.
func newID(at time.Time) string {
	b := random(16)
	binary.BigEndian.PutUint64(b, uint64(at.UnixMilli())<<16|uint64(b[6])<<8|uint64(b[7]))
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// oneTimeCode is the TOTP (RFC 6238) of a step of 30 seconds.
func oneTimeCode(t *testing.T, secret string, step uint64) string {
	t.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, step)
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[at:])&0x7fffffff%1_000_000)
}

func TestTheKeysOfTheProtocol(t *testing.T) {
	code := readCode(t, "000G-40R4-0M30-E209-185G-R38E-1YSQ")
	if want := []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}; !bytes.Equal(code, want) {
		t.Errorf("the code is %x, want %x", code, want)
	}
	if got := vaultID(derive(t, code, "vault/auth")); got != "xv4yvawaimriaclixjbnjs4mla" {
		t.Errorf("the vault is %s", got)
	}
	if got := fingerprint(identity(t, derive(t, code, "vault/identity")).Recipient().String()); got != "5f25niidffa5652x3tns" {
		t.Errorf("the fingerprint is %s", got)
	}
	if got := oneTimeCode(t, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59/30); got != "287082" { // RFC 6238, appendix B
		t.Errorf("the one-time code is %s", got)
	}
}
