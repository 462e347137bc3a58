package licences

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTextHoldsWhatIsInTheProgramAndInTheWebApp(t *testing.T) {
	if _, err := Text(fstest.MapFS{}); !errors.Is(err, ErrNotMade) {
		t.Errorf("a web app without notices: %v", err)
	}
	web := fstest.MapFS{"licences-web.txt": {Data: []byte("svelte 5\n")}}
	text, err := Text(web)
	if errors.Is(err, ErrNotMade) {
		t.Skip("this program was compiled without make; deploy/check looks at one that was")
	}
	if err != nil || !strings.Contains(text, "\nfilippo.io/age v") || !strings.HasSuffix(text, "svelte 5\n") {
		t.Errorf("%d letters, %v", len(text), err)
	}
}
