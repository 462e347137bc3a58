package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// registerLicences adds GET /licences.txt; without notices the address is not there.
func registerLicences(engine *gin.Engine, notices string) {
	if notices == "" {
		return
	}
	text := []byte(notices)
	engine.GET("/licences.txt", func(c *gin.Context) {
		c.Data(http.StatusOK, "text/plain; charset=utf-8", text)
	})
}
