// Command pocketbase is a PocketBase with one collection of sealed records, to compare Predah
// with. It is a module of its own so that Predah's does not carry PocketBase.
package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations" // PocketBase's own tables
	"github.com/pocketbase/pocketbase/tools/types"
)

func main() {
	folder := flag.String("data", "", "folder of the data, which is made")
	synchronous := flag.String("synchronous", "NORMAL", "SQLite's synchronous; PocketBase's own default is NORMAL")
	flag.Parse()
	if err := serve(*folder, *synchronous); err != nil {
		fmt.Fprintln(os.Stderr, "pocketbase:", err)
		os.Exit(1)
	}
}

// serve serves PocketBase with its usual middleware until the process is ended.
func serve(folder, synchronous string) error {
	if folder == "" {
		return errors.New("-data is needed")
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: folder, DBConnect: connectWith(synchronous)})
	if err := app.Bootstrap(); err != nil {
		return fmt.Errorf("open PocketBase: %w", err)
	}
	if err := app.RunAllMigrations(); err != nil {
		return fmt.Errorf("make PocketBase's tables: %w", err)
	}
	if err := prepare(app); err != nil {
		return err
	}
	router, err := apis.NewRouter(app)
	if err != nil {
		return fmt.Errorf("make PocketBase's routes: %w", err)
	}
	mux, err := router.BuildMux()
	if err != nil {
		return fmt.Errorf("make PocketBase's routes: %w", err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("open at http://%s\n", listener.Addr())
	return http.Serve(listener, mux)
}

// connectWith opens a database as PocketBase does by default, but for when it waits for the disk.
func connectWith(synchronous string) core.DBConnectFunc {
	pragmas := strings.Join([]string{
		"busy_timeout(10000)", "journal_mode(WAL)", "journal_size_limit(200000000)", "synchronous(" + synchronous + ")",
		"foreign_keys(ON)", "temp_store(MEMORY)", "cache_size(-32000)",
	}, "&_pragma=")
	return func(path string) (*dbx.DB, error) { return dbx.Open("sqlite", path+"?_pragma="+pragmas) }
}

// prepare makes the collection, which anybody may add to, and turns the log of requests off.
func prepare(app core.App) error {
	settings := app.Settings()
	settings.Logs.MaxDays = 0
	if err := app.Save(settings); err != nil {
		return fmt.Errorf("set PocketBase's settings: %w", err)
	}
	records := core.NewBaseCollection("records")
	records.Fields.Add(&core.TextField{Name: "sealed", Required: true, Max: 100_000})
	records.CreateRule = types.Pointer("")
	if err := app.Save(records); err != nil {
		return fmt.Errorf("make PocketBase's collection: %w", err)
	}
	return nil
}
