package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// registerLicences adds GET /licences.txt; without notices the address is not there.
func registerLicences(engine *gin.Engine, notices string) {
	if notices == "" {
		return
	}
	engine.GET("/licences.txt", func(c *gin.Context) {
		c.DataFromReader(http.StatusOK, int64(len(notices)), "text/plain; charset=utf-8", strings.NewReader(notices), nil)
	})
}
