package receipt_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/go-cmp/cmp"

	"predah/internal/receipt"
	"predah/internal/secrets"
)

var update = flag.Bool("update", false, "write the vectors anew")

const vectorsFile = "../../testdata/protocol/receipts.json"

// vectors are receipts that the web app's tests read too.
type vectors struct {
	Seed     string          `json:"seed"` // of the key, from RFC 8037, A.1
	Keys     receipt.JWKS    `json:"keys"`
	Receipts []receiptVector `json:"receipts"`
	Answers  []answersVector `json:"answers"`
}

type receiptVector struct {
	Name   string          `json:"name"`
	JWS    string          `json:"jws"`
	Signed json.RawMessage `json:"signed"` // null where it is refused
}

type answersVector struct {
	Name       string          `json:"name"`
	Answers    json.RawMessage `json:"answers"`
	Canonical  string          `json:"canonical"`
	Nonce      string          `json:"nonce"`
	Commitment string          `json:"commitment"`
}

// vectorKeys are the keys of the vectors, read from a folder as an operator has it.
func vectorKeys(t *testing.T, seed string) *secrets.Folder {
	t.Helper()
	raw, err := hex.DecodeString(seed)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed(raw))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "receipt-20260101T000000Z-vectors.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := secrets.Open(folder, func() time.Time { return evening })
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	content, err := os.ReadFile(vectorsFile)
	var v vectors
	if err == nil {
		err = json.Unmarshal(content, &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestReceiptsOfTheVectors(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	v := readVectors(t)
	service := receipt.New(vectorKeys(t, v.Seed), "https://predah.example")
	if diff := cmp.Diff(v.Keys, service.JWKS()); diff != "" || v.Keys.Keys[0].ID != "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" {
		t.Errorf("keys, which RFC 8037 has too: %s", diff)
	}
	for _, vector := range v.Receipts {
		_, err := service.Verify(vector.JWS)
		if signed := string(vector.Signed) != "null"; signed != (err == nil) {
			t.Errorf("%s: %v", vector.Name, err)
			continue
		}
		if err == nil && !sameJSON(t, vector.Signed, parts(t, vector.JWS)[1]) {
			t.Errorf("%s: what is signed differs", vector.Name)
		}
	}
}

func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var compact bytes.Buffer
	if err := json.Compact(&compact, a); err != nil {
		t.Fatal(err)
	}
	return bytes.Equal(compact.Bytes(), b)
}

func TestCommitmentsOfTheVectors(t *testing.T) {
	for _, vector := range readVectors(t).Answers {
		var answers receipt.Answers
		if err := json.Unmarshal(vector.Answers, &answers); err != nil {
			t.Fatal(err)
		}
		nonce, err := base64.RawURLEncoding.DecodeString(vector.Nonce)
		if err != nil {
			t.Fatal(err)
		}
		canonical, err := receipt.Canonical(answers)
		if err != nil || string(canonical) != vector.Canonical {
			t.Errorf("%s: %s, %v", vector.Name, canonical, err)
		}
		if made, err := receipt.Commitment(receipt.Nonce(nonce), answers); err != nil || made != vector.Commitment {
			t.Errorf("%s: %s, %v", vector.Name, made, err)
		}
	}
}

// writeVectors signs the vectors anew.
func writeVectors(t *testing.T) {
	t.Helper()
	v := vectors{Seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"}
	keys := vectorKeys(t, v.Seed)
	own, access := keys.Signing(secrets.Receipts), keys.Signing(secrets.Access)
	v.Keys = receipt.New(keys, "").JWKS()
	for name, answers := range map[string]string{
		"a list in any order":       `{"where":[10,9,2,1],"late":2}`,
		"every kind, ids unsorted":  `{"weighs-on-you":0,"bed-time":"23:15","b2":1,"b-2":1,"b10":1,"since":"2026-11-24","hours":7.25}`,
		"numbers in shortest form":  `{"a":1.50,"b":100,"c":0.1}`,
		"nothing answered":          `{}`,
		"several that may be empty": `{"where":[]}`,
	} {
		v.Answers = append(v.Answers, answersVectorOf(t, name, answers))
	}
	slices.SortFunc(v.Answers, func(a, b answersVector) int { return strings.Compare(a.Name, b.Name) })
	full := `{"v":1,"iss":"https://predah.example","iat":1795478400,"questionnaire":{"id":"sleep","version":"1.2.0","hash":"h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},` +
		`"scores":[{"id":"night","value":1.5},{"id":"places","value":null}],"criteria":["often-late"],"band":"talk",` +
		`"band_sets":[{"id":"impact","band":"high"},{"id":"people","band":null}],"flags":["worn-out"],"ac":"` + v.Answers[1].Commitment + `"}`
	usual := map[string]any{"alg": "EdDSA", "typ": receipt.MediaType, "kid": own.ID}
	with := func(name string, value any) map[string]any {
		out := map[string]any{"alg": "EdDSA", "typ": receipt.MediaType, "kid": own.ID}
		out[name] = value
		return out
	}
	good := signedWith(t, own.Private, usual, full)
	cut := strings.Split(good, ".")
	v.Receipts = []receiptVector{
		{"as it should be", good, json.RawMessage(full)},
		{"of a guide, with nothing found", signedWith(t, own.Private, usual, emptyOf(v.Answers[2].Commitment)), json.RawMessage(emptyOf(v.Answers[2].Commitment))},
		{"an access token's type", signedWith(t, own.Private, with("typ", "at+jwt"), full), nil},
		{"another key under its id", signedWith(t, access.Private, usual, full), nil},
		{"a key that is not published", signedWith(t, access.Private, with("kid", access.ID), full), nil},
		{"a key of its own", signedWith(t, own.Private, with("jwk", map[string]string{"kty": "OKP"}), full), nil},
		{"something critical", signedWith(t, own.Private, with("crit", []string{"exp"}), full), nil},
		{"alg none", signedWith(t, own.Private, with("alg", "none"), full), nil},
		{"no signature", cut[0] + "." + cut[1] + ".", nil},
		{"an altered score", cut[0] + "." + encoded([]byte(strings.Replace(full, "1.5", "0.5", 1))) + "." + cut[2], nil},
		{"padded", good + "=", nil},
		{"stray bits at the end", good[:len(good)-1] + string(good[len(good)-1]+1), nil},
		{"two parts", cut[0] + "." + cut[1], nil},
		{"another format", signedWith(t, own.Private, usual, strings.Replace(full, `"v":1`, `"v":2`, 1)), nil},
	}
	content, err := json.MarshalIndent(v, "", "\t")
	if err == nil {
		err = os.WriteFile(vectorsFile, append(content, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func emptyOf(commitment string) string {
	return `{"v":1,"iss":"predah","iat":1795478400,"questionnaire":{"id":"safety","version":"2.0.1","hash":"h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},` +
		`"scores":[],"criteria":[],"band":null,"band_sets":[],"flags":[],"ac":"` + commitment + `"}`
}

func answersVectorOf(t *testing.T, name, written string) answersVector {
	t.Helper()
	var answers receipt.Answers
	if err := json.Unmarshal([]byte(written), &answers); err != nil {
		t.Fatal(err)
	}
	var nonce receipt.Nonce
	for i := range nonce {
		nonce[i] = byte(i)
	}
	canonical, err := receipt.Canonical(answers)
	if err != nil {
		t.Fatal(err)
	}
	commitment, err := receipt.Commitment(nonce, answers)
	if err != nil {
		t.Fatal(err)
	}
	return answersVector{Name: name, Answers: json.RawMessage(written), Canonical: string(canonical), Nonce: nonce.String(), Commitment: commitment}
}

func signedWith(t *testing.T, key ed25519.PrivateKey, header map[string]any, payload string) string {
	t.Helper()
	head, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	text := encoded(head) + "." + encoded([]byte(payload))
	signature, err := jwt.SigningMethodEdDSA.Sign(text, key)
	if err != nil {
		t.Fatal(err)
	}
	return text + "." + encoded(signature)
}

func encoded(content []byte) string { return base64.RawURLEncoding.EncodeToString(content) }
