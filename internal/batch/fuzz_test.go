package batch

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// FuzzScore: whatever stands in a file of answers, each row is scored or refused, and what is
// not read as rows is an error.
func FuzzScore(f *testing.F) {
	for _, seed := range []string{
		"a,b,c,money\n4,3,0,0\n", "a;b;c\n1;2;3\n", "a,a\n1,1\n", "\"a\n", "a,b\n\"1,2\n", "a\r\n1\r\n", "\ufeffa,b,c,money\n1,2,3,0\n", "a\n1e999\n", "", "\x00", "\xff\n",
		`{"answers":{"a":4,"b":3,"c":0,"who":[1,3],"money":0}}` + "\n", `{"answers":{"a":{"a":[[[[]]]]}}}`, `{"answers":{"a":1,"a":2}}`, "[]\n{}\nnull\n", `{"answers":{"a":` + strings.Repeat("9", 400) + "}}",
	} {
		f.Add(seed)
	}
	questionnaire := tiny()
	f.Fuzz(func(t *testing.T, file string) {
		for _, format := range []Format{CSV, JSONL} {
			refused := 0
			job := Job{Questionnaire: questionnaire, From: format, To: JSONL, Workers: 1, Reject: func(Rejected) { refused++ }}
			summary, err := Score(job, strings.NewReader(file), io.Discard)
			if err == nil && summary.Rows < 0 || refused > strings.Count(file, "\n")+strings.Count(file, "\r")+1 {
				t.Errorf("%d rows, %d refused: %v", summary.Rows, refused, err)
			}
		}
	})
}

// FuzzDecompress: whatever stands in a file, it is read or refused; and what was compressed is
// read as it was.
func FuzzDecompress(f *testing.F) {
	for _, name := range []string{"", ".gz", ".zst"} {
		f.Add(compressed(f, name, []byte("a,b,c,money\n4,3,0,0\n")))
	}
	for _, seed := range []string{"", "\x1f\x8b", "\x1f\x8b\x08\xff", "\x28\xb5\x2f\xfd", "\x28\xb5\x2f\xfd\xff\xff\xff\xff\xff\xff\xff\xff", "\x28\xb5"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		if reader, err := Decompress(bytes.NewReader(file)); err == nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(reader, 1<<20)) // or an error: it is no more than bytes yet
			_ = reader.Close()
		}
		for _, name := range []string{".gz", ".zst"} {
			reader, err := Decompress(bytes.NewReader(compressed(t, name, file)))
			if err != nil {
				t.Fatal(err)
			}
			if again, err := io.ReadAll(reader); err != nil || !bytes.Equal(again, file) {
				t.Errorf("%q as %s is read as %q, %v", file, name, again, err)
			}
			_ = reader.Close()
		}
	})
}

// compressed is a file as its name says.
func compressed(t testing.TB, name string, content []byte) []byte {
	t.Helper()
	var file bytes.Buffer
	writer, err := Compress(&file, name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := writer.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}
