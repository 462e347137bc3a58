package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"

	"github.com/gin-gonic/gin"
)

// bareCommand makes this program the server that Predah is compared with.
const bareCommand = "bare"

// bareReplies is what the bare handlers answer with, made from Predah's own answers.
type bareReplies struct {
	Questionnaire []byte      // the body itself
	Headers       http.Header // that Predah sends with it
	ScoreSize     int         // length of a reply to scoring, in bytes
}

type bareRequest struct {
	Answers map[string]any `json:"answers"`
}

type bareReply struct {
	Sum   float64  `json:"sum"`
	Lines []string `json:"lines"`
}

// serveBare serves the bare handlers until the process is ended.
func serveBare(repliesFile string) error {
	data, err := os.ReadFile(repliesFile)
	if err != nil {
		return err
	}
	var replies bareReplies
	if err := json.Unmarshal(data, &replies); err != nil {
		return err
	}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.GET("/questionnaire", func(c *gin.Context) {
		for name, values := range replies.Headers {
			c.Header(name, values[0])
		}
		c.Data(http.StatusOK, "application/json", replies.Questionnaire)
	})
	engine.GET("/questionnaire/body", func(c *gin.Context) {
		c.Data(http.StatusOK, "application/json", replies.Questionnaire)
	})
	lines := linesOfSize(replies.ScoreSize)
	engine.POST("/score", func(c *gin.Context) {
		var request bareRequest
		if err := c.ShouldBindJSON(&request); err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		c.JSON(http.StatusOK, bareReply{Sum: request.sum(), Lines: lines})
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("open at http://%s\n", listener.Addr())
	return http.Serve(listener, engine)
}

func (r bareRequest) sum() float64 {
	var sum float64
	for _, answer := range r.Answers {
		if number, ok := answer.(float64); ok {
			sum += number
		}
	}
	return sum
}

// linesOfSize gives text that makes a reply of about the size, in bytes.
func linesOfSize(size int) []string {
	line := strings.Repeat("words of a result ", 4)
	var lines []string
	for total := len(`{"sum":10,"lines":[]}`); total+len(line)+3 <= size; total += len(line) + 3 {
		lines = append(lines, line)
	}
	return lines
}
