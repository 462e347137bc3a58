package client_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// checkReceipt checks the receipt of something shared, offline but for the keys: section 5.
func (s service) checkReceipt(t *testing.T, shared map[string]any) {
	t.Helper()
	receipt, _ := shared["receipt"].(map[string]any)
	jws, _ := receipt["jws"].(string)
	parts := strings.Split(jws, ".")
	if len(parts) != 3 {
		t.Fatalf("%.60q is no JWS", jws)
	}
	var header, said object
	unmarshal(t, decode(t, parts[0]), &header)
	unmarshal(t, decode(t, parts[1]), &said)
	if len(header) != 3 || header["alg"] != "EdDSA" || header["typ"] != "predah-receipt+jws" {
		t.Fatalf("the header is %v", header)
	}
	if !ed25519.Verify(s.receiptKey(t, header["kid"]), []byte(parts[0]+"."+parts[1]), decode(t, parts[2])) {
		t.Fatal("the receipt is not signed by the service")
	}
	result, _ := shared["result"].(map[string]any)
	asked, _ := result["questionnaire"].(map[string]any)
	signed, _ := said["questionnaire"].(map[string]any)
	band, _ := result["band"].(map[string]any)
	if signed["id"] != asked["id"] || signed["version"] != asked["version"] || said["band"] != band["id"] {
		t.Errorf("signed for %v with %v, shared %v", said["questionnaire"], said["band"], result)
	}
	answers, err := json.Marshal(shared["answers"]) // of ids and whole numbers it is as RFC 8785 has it
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.New()
	hash.Write([]byte("predah/v1/answers\x00"))
	hash.Write(decode(t, receipt["nonce"]))
	hash.Write(answers)
	if said["ac"] != encode(hash.Sum(nil)) {
		t.Error("the receipt is of other answers")
	}
}

// receiptKey fetches the key with this id.
func (s service) receiptKey(t *testing.T, id any) ed25519.PublicKey {
	t.Helper()
	response, err := http.Get(s.url + "/.well-known/jwks.json")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var set struct{ Keys []map[string]string }
	unmarshal(t, raw, &set)
	for _, key := range set.Keys {
		if key["kid"] == id && key["crv"] == "Ed25519" {
			return decode(t, key["x"])
		}
	}
	t.Fatalf("there is no key %v", id)
	return nil
}

func unmarshal(t *testing.T, raw []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}
