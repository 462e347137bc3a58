package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

// bareRecordsCommand makes this program the server that saving and reading are compared with.
const bareRecordsCommand = "bare-records"

// recordRow is a row of Predah's table of sealed records.
type recordRow struct {
	VaultID string `gorm:"primaryKey"`
	ID      string `gorm:"primaryKey"`
	Size    int
	Saved   int64
	Sealed  []byte
}

// TableName is the table of the row.
func (recordRow) TableName() string { return "records" }

// bareRecords are gin handlers on Predah's own tables that ask for no token and check
// nothing.
type bareRecords struct {
	writer  *gorm.DB
	readers *gorm.DB
	folding folding
}

// serveBareRecords serves the bare handlers on a database until the process is ended.
func serveBareRecords(d database) error {
	writer, readers, err := d.connect()
	if err != nil {
		return err
	}
	b := &bareRecords{writer: writer, readers: readers, folding: fold(writer)}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	const path = "/vaults/:vault/records/:record"
	engine.PUT("/folded"+path, b.put(func(row recordRow) error { return b.folding.write(row.save) }))
	engine.PUT("/insert"+path, b.put(func(row recordRow) error { return b.folding.write(row.insert) }))
	engine.PUT("/each"+path, b.put(func(row recordRow) error { return b.writer.Transaction(row.save) }))
	engine.GET("/gorm"+path, b.get(b.byGorm))
	engine.GET("/sql"+path, b.get(b.bySQL))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("open at http://%s\n", listener.Addr())
	return http.Serve(listener, engine)
}

// put reads a record and saves it.
func (b *bareRecords) put(save func(recordRow) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		sealed, err := io.ReadAll(c.Request.Body)
		if err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		err = save(recordRow{
			VaultID: c.Param("vault"), ID: c.Param("record"),
			Size: len(sealed), Saved: time.Now().Unix(), Sealed: sealed,
		})
		if err != nil {
			c.String(http.StatusInternalServerError, err.Error())
			return
		}
		c.Status(http.StatusCreated)
	}
}

// insert adds the row of the record.
func (r recordRow) insert(db *gorm.DB) error { return db.Create(&r).Error }

// save writes what Predah writes: the row of the record, and what its vault holds.
func (r recordRow) save(db *gorm.DB) error {
	if err := r.insert(db); err != nil {
		return err
	}
	return db.Exec("UPDATE vaults SET records = records + 1, bytes = bytes + ?, empty_since = 0 WHERE id = ?", r.Size, r.VaultID).Error
}

// get finds a record and answers with it.
func (b *bareRecords) get(find func(c *gin.Context) ([]byte, error)) gin.HandlerFunc {
	return func(c *gin.Context) {
		sealed, err := find(c)
		if err != nil {
			c.Status(http.StatusNotFound)
			return
		}
		c.Data(http.StatusOK, "application/octet-stream", sealed)
	}
}

func (b *bareRecords) byGorm(c *gin.Context) ([]byte, error) {
	return readByGorm(b.readers.WithContext(c.Request.Context()), c.Param("vault"), c.Param("record"))
}

func readByGorm(db *gorm.DB, vault, record string) ([]byte, error) {
	var row recordRow
	err := db.Where("vault_id = ? AND id = ?", vault, record).Take(&row).Error
	return row.Sealed, err
}

func (b *bareRecords) bySQL(c *gin.Context) ([]byte, error) {
	pool, err := b.readers.DB()
	if err != nil {
		return nil, err
	}
	return readBySQL(c.Request.Context(), pool, c.Param("vault"), c.Param("record"))
}
