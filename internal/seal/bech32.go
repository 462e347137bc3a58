package seal

import "strings"

const bech32Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// bech32 writes bytes with a lower-case human-readable part (BIP 173), however many they
// are: age's keys go beyond the 90 characters of Bitcoin's addresses.
func bech32(prefix string, data []byte) string {
	values := regroup(data)
	check := checksum(prefix, values)
	var b strings.Builder
	b.WriteString(prefix + "1")
	for _, value := range append(values, check[:]...) {
		b.WriteByte(bech32Alphabet[value])
	}
	return b.String()
}

// regroup splits bytes into groups of five bits, the last filled up with zeros.
func regroup(data []byte) []byte {
	var values []byte
	var bits, held uint
	for _, b := range data {
		held = held<<8 | uint(b)
		for bits += 8; bits >= 5; {
			bits -= 5
			values = append(values, byte(held>>bits&31))
		}
	}
	if bits > 0 {
		values = append(values, byte(held<<(5-bits)&31))
	}
	return values
}

func checksum(prefix string, values []byte) (check [6]byte) {
	sum := uint32(1)
	mix := func(value byte) {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(value)
		for i, generator := range [...]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= generator
			}
		}
	}
	for _, c := range []byte(prefix) {
		mix(c >> 5)
	}
	mix(0)
	for _, c := range []byte(prefix) {
		mix(c & 31)
	}
	for _, value := range values {
		mix(value)
	}
	for range check {
		mix(0)
	}
	for i := range check {
		check[i] = byte((sum ^ 1) >> (5 * (5 - i)) & 31)
	}
	return check
}
