package api

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

// appender is an answer that writes its own JSON, because it is made of parts that
// were encoded at start.
type appender interface{ appendJSON(out []byte) []byte }

// jsonFormat returns how huma writes answers. Bodies are read by our own decoder, so
// there is nothing to unmarshal.
func jsonFormat() huma.Format {
	var buffers sync.Pool
	return huma.Format{
		Marshal: func(w io.Writer, value any) error {
			ready, ok := value.(appender)
			if !ok {
				return encodeFilled(w, value)
			}
			buffer, ok := buffers.Get().(*[]byte)
			if !ok {
				buffer = new([]byte)
			}
			*buffer = lengthsOf(value).fill(codingIdentity, append(ready.appendJSON((*buffer)[:0]), '\n'))
			_, _ = w.Write(*buffer) // the caller may be gone; there is no one to tell
			clear(*buffer)          // nothing of a result stays in memory
			buffers.Put(buffer)
			return nil
		},
		Unmarshal: json.Unmarshal,
	}
}

// encodeFilled writes the value as JSON of the length of its kind.
func encodeFilled(w io.Writer, value any) error {
	of := lengthsOf(value)
	if of.plain == 0 {
		return encodeTo(w, value)
	}
	var content bytes.Buffer
	err := encodeTo(&content, value)
	_, _ = w.Write(of.fill(codingIdentity, content.Bytes())) // the caller may be gone
	return err
}

// encodeTo writes the value as JSON. The error is of the value alone; a caller who
// is gone is no error.
func encodeTo(w io.Writer, value any) error {
	encoder := json.NewEncoder(quiet{w})
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// quiet is a writer without errors.
type quiet struct{ io.Writer }

// Write writes and says that all went well.
func (q quiet) Write(content []byte) (int, error) {
	_, _ = q.Writer.Write(content)
	return len(content), nil
}

// answer writes a problem outside of huma.
func (s *service) answer(c *gin.Context, problem *Problem) {
	var e encoder
	body := append(e.json(problem), '\n')
	h := c.Writer.Header()
	h.Set("Content-Type", problemMediaType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	c.Writer.WriteHeader(problem.Status)
	_, _ = c.Writer.Write(body) // the caller may be gone; there is no one to tell
}
