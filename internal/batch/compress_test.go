package batch

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

func TestWhatIsCompressedIsReadBack(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("1,2,3,0\n", 5000)
	for _, name := range []string{"results.csv", "results.csv.gz", "results.csv.zst"} {
		var file bytes.Buffer
		writer, err := Compress(&file, name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(writer, text); err != nil {
			t.Fatal(err)
		}
		if err := writer.Close(); err != nil {
			t.Fatal(err)
		}
		if isSmaller := file.Len() < len(text)/10; isSmaller != (name != "results.csv") {
			t.Errorf("%s takes %d bytes of %d", name, file.Len(), len(text))
		}
		reader, err := Decompress(&file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(reader)
		if err != nil || string(got) != text {
			t.Errorf("%s: read back %d bytes and %v, want %d", name, len(got), err, len(text))
		}
	}
}

// A file that was cut off must never pass for the whole of it.
func TestFilesCutOffAreRefused(t *testing.T) {
	t.Parallel()
	table := "a,b,c,money\n" + strings.Repeat("1,1,1,0\n", 3)
	for _, name := range []string{".gz", ".zst"} {
		var file bytes.Buffer
		writer, err := Compress(&file, name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(writer, table); err != nil {
			t.Fatal(err)
		}
		if err := writer.Close(); err != nil {
			t.Fatal(err)
		}
		for _, less := range []int{0, 1, file.Len() / 2} {
			reader, err := Decompress(bytes.NewReader(file.Bytes()[:file.Len()-less]))
			if err != nil {
				t.Fatal(err)
			}
			job := Job{Questionnaire: tiny(), From: CSV, To: CSV, Reject: func(Rejected) {}}
			if _, err := Score(job, reader, io.Discard); (err == nil) != (less == 0) || err != nil && !strings.Contains(err.Error(), "cut off") {
				t.Errorf("%s, %d bytes cut off: error %v", name, less, err)
			}
		}
	}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"\x1f\x8bno gzip", "\x28\xb5\x2f\xfdno Zstandard at all"} {
		reader, err := Decompress(strings.NewReader(in))
		if err == nil {
			_, err = io.ReadAll(reader)
		}
		if err == nil {
			t.Errorf("%q was read", in)
		}
	}
	reader, err := Decompress(strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(reader); len(got) > 0 || err != nil {
		t.Errorf("nothing was read as %q, %v", got, err)
	}
}
