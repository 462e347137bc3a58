package vault

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// hybrids returns the public halves of fresh hybrid keys.
func hybrids(t testing.TB, n int) []age.Recipient {
	t.Helper()
	var keys []age.Recipient
	for range n {
		identity, err := age.GenerateHybridIdentity()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, identity.Recipient())
	}
	return keys
}

// classic returns the public half of a key that is not post-quantum.
func classic(t testing.TB) age.Recipient {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return identity.Recipient()
}

// unlabelled hides from age that a key must not be mixed, as other programs ignore it.
type unlabelled struct{ age.Recipient }

// sealed is an age file around so many bytes.
func sealed(t testing.TB, size int, recipients ...age.Recipient) []byte {
	t.Helper()
	var file bytes.Buffer
	writer, err := age.Encrypt(&file, recipients...)
	if err == nil {
		_, err = writer.Write(make([]byte, size))
	}
	if err == nil {
		err = writer.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// password is a key made of a password.
func password(t testing.TB) age.Recipient {
	t.Helper()
	recipient, err := age.NewScryptRecipient("canary")
	if err != nil {
		t.Fatal(err)
	}
	recipient.SetWorkFactor(4)
	return recipient
}

// armoured is an age file written as text.
func armoured(t testing.TB, file []byte) []byte {
	t.Helper()
	var text bytes.Buffer
	writer := armor.NewWriter(&text)
	if _, err := writer.Write(file); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// stanzaStart begins the stanza of a hybrid key.
const stanzaStart = "-> mlkem768x25519 "

// withStanza is the file whose stanza begins otherwise.
func withStanza(file []byte, start string) []byte {
	return bytes.Replace(file, []byte(stanzaStart), []byte(start), 1)
}

func TestAttack24OnlyFilesForTheRightHybridKeysHaveTheShape(t *testing.T) {
	one, two := hybrids(t, 1), hybrids(t, 2)
	record := sealed(t, 4<<10, one...)
	header, err := age.ExtractHeader(bytes.NewReader(record))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		file []byte
		keys int
		want error
	}{
		{"record", record, ownerOnly, nil},
		{"record of 16 KiB", sealed(t, 16<<10, one...), ownerOnly, nil},
		{"record of 48 KiB", sealed(t, 48<<10, one...), ownerOnly, nil},
		{"grant", sealed(t, 4<<10, two...), ownerAndCounsellor, nil},
		{"nothing", nil, ownerOnly, ErrNotSealed},
		{"plain JSON", []byte(`{"answers":{"late":2}}` + strings.Repeat(" ", 4<<10)), ownerOnly, ErrNotSealed},
		{"X25519 only", sealed(t, 4<<10, classic(t)), ownerOnly, ErrNotSealed},
		{"hybrid and X25519", sealed(t, 4<<10, unlabelled{one[0]}, classic(t)), ownerAndCounsellor, ErrNotSealed},
		{"a password", sealed(t, 4<<10, password(t)), ownerOnly, ErrNotSealed},
		{"a grant as a record", sealed(t, 4<<10, two...), ownerOnly, ErrNotSealed},
		{"a record as a grant", record, ownerAndCounsellor, ErrNotSealed},
		{"words beside the key", withStanza(record, "-> mlkem768x25519 late=2 "), ownerOnly, ErrNotSealed},
		{"a key that is too short", bytes.Replace(record, record[len(stanzaStart)+22:len(stanzaStart)+62], nil, 1), ownerOnly, ErrNotSealed},
		{"a key that is not written in the one way", straying(record), ownerOnly, ErrNotSealed},
		{"three keys", sealed(t, 4<<10, hybrids(t, 3)...), ownerAndCounsellor, ErrNotSealed},
		{"cut off in the header", record[:len(header)-5], ownerOnly, ErrNotSealed},
		{"the header alone", header, ownerOnly, ErrNotSealed},
		{"cut off in the content", record[:len(record)-1], ownerOnly, ErrNotSealed},
		{"something behind it", append(bytes.Clone(record), 0), ownerOnly, ErrNotSealed},
		{"not padded", sealed(t, 23, one...), ownerOnly, ErrNotSealed},
		{"written as text", armoured(t, record), ownerOnly, ErrNotSealed},
		{"64 KiB", make([]byte, MaxSealed), ownerOnly, ErrNotSealed},
		{"64 KiB and a byte", make([]byte, MaxSealed+1), ownerOnly, ErrTooLarge},
	} {
		if err := checkShape(test.file, test.keys); !errors.Is(err, test.want) || err != nil && test.want == nil {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
}

// straying is the file with stray bits behind the encapsulated key, which other readers of base64
// pass over and those of age refuse: it would be stored and never open.
func straying(file []byte) []byte {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	last := bytes.Index(file, []byte(stanzaStart)) + stanzaLine - 2
	other := bytes.Clone(file)
	other[last] = alphabet[strings.IndexByte(alphabet, other[last])^1]
	return other
}

func FuzzCheckShape(f *testing.F) {
	record, grant := sealed(f, 4<<10, hybrids(f, 1)...), sealed(f, 4<<10, hybrids(f, 2)...)
	for _, seed := range [][]byte{record, grant, sealed(f, 4<<10, classic(f)), record[:300], bytes.Replace(record, []byte("mlkem768x25519"), []byte("mlkem768x25518"), 1), nil} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, keys := range []int{ownerOnly, ownerAndCounsellor} {
			if checkShape(file, keys) != nil {
				continue
			}
			head, _, found := bytes.Cut(file, []byte("\n--- "))
			if stanzas := bytes.Count(head, []byte("\n-> mlkem768x25519")); !found || stanzas != keys || bytes.Count(head, []byte("\n-> ")) != keys {
				t.Errorf("a file with %d hybrid stanzas has the shape of one with %d", stanzas, keys)
			}
		}
	})
}
