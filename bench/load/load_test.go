package load

import (
	"bufio"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

var request = []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")

// answering is a target whose answers take as long as answer does.
func answering(t *testing.T, answer func(number int) (reply string)) Target {
	t.Helper()
	dial := func() (net.Conn, error) {
		here, there := net.Pipe()
		go func() {
			defer there.Close()
			requests := bufio.NewReader(there)
			for number := 0; ; number++ {
				if _, err := http.ReadRequest(requests); err != nil {
					return
				}
				if _, err := there.Write([]byte(answer(number))); err != nil {
					return
				}
			}
		}()
		return here, nil
	}
	return Target{Name: "test", Dial: dial, Requests: Same(request)}
}

const empty = "HTTP/1.1 204 No Content\r\n\r\n"

func TestOpenLoadCountsFromWhenARequestWasDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stalling := answering(t, func(number int) string {
			if number == 0 {
				time.Sleep(time.Second)
			}
			return empty
		})
		result, err := open(stalling, 1, 4, 2*time.Second, time.Sleep)
		if err != nil {
			t.Fatal(err)
		}
		// due at 0, 250, 500, 750 ms, and all answered at 1 s
		want := []time.Duration{0, 0, 0, 0, 250, 500, 750, 1000}
		for i := range want {
			want[i] *= time.Millisecond
		}
		if diff := cmp.Diff(want, result.Latencies); diff != "" {
			t.Error(diff)
		}
	})
}

func TestClosedLoadAsksAgainAsSoonAsItIsAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := answering(t, func(int) string {
			time.Sleep(100 * time.Millisecond)
			return empty
		})
		result, err := Closed(slow, 3, time.Second)
		if err != nil {
			t.Fatal(err)
		}
		if result.Rate != 30 || len(result.Latencies) != 30 || result.Percentile(99) != 100*time.Millisecond {
			t.Errorf("%v/s, %v", result.Rate, result.Latencies)
		}
	})
}

func TestPercentilesAreOfTheSlowest(t *testing.T) {
	var r Result
	for i := range 1000 {
		r.Latencies = append(r.Latencies, time.Duration(i))
	}
	got := []time.Duration{r.Percentile(0), r.Percentile(50), r.Percentile(99.9), r.Percentile(100)}
	if want := []time.Duration{0, 500, 999, 999}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAnswersAreReadWhole(t *testing.T) {
	bodies := []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
		"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n",
	}
	reader := bufio.NewReader(strings.NewReader(strings.Join(bodies, "")))
	for range bodies {
		if err := skipResponse(reader); err != nil {
			t.Fatal(err)
		}
	}
	if reader.Buffered() != 0 {
		t.Error("an answer was not read to its end")
	}
}

func TestAnAnswerThatIsNoSuccessIsAnError(t *testing.T) {
	failing := answering(t, func(int) string { return "HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n" })
	_, err := Closed(failing, 2, time.Second)
	if err == nil || !strings.Contains(err.Error(), "409 Conflict") {
		t.Errorf("the error is %v", err)
	}
}
