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
