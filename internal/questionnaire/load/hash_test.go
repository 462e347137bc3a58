package load_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"testing"

	"predah/internal/questionnaire/load"
)

func TestTheHashIsOfEveryFileThatCanChangeAResult(t *testing.T) {
	files := validFiles(t)
	hashOfRests := func() string {
		t.Helper()
		catalogue, err := load.Load(options(t, files))
		if err != nil {
			t.Fatal(err)
		}
		q, _ := catalogue.Questionnaire("rests")
		return q.Hash
	}
	lines := ""
	for _, name := range []string{"en.yaml", "questionnaire.yaml", "sl.yaml"} {
		lines += fmt.Sprintf("%x  %s\n", sha256.Sum256(files["rests/"+name].Data), name) // as sha256sum prints them
	}
	sum := sha256.Sum256([]byte(lines))
	first := hashOfRests()
	if want := "h1:" + base64.StdEncoding.EncodeToString(sum[:]); first != want {
		t.Fatalf("%s, not %s", first, want)
	}
	files["rests/examples.yaml"].Data = append(files["rests/examples.yaml"].Data, "# a remark\n"...)
	if hashOfRests() != first {
		t.Error("a worked example changes it")
	}
	files["rests/en.yaml"].Data = append(files["rests/en.yaml"].Data, "# a remark\n"...)
	if hashOfRests() == first {
		t.Error("a text does not change it")
	}
}
