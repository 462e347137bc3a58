// Command predah serves the Predah self-assessment service, and lets authors
// check questionnaires, score answers and look up support services offline.
// It parses, wires and starts; every rule lives in a package under internal.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"predah/internal/questionnaire"
)

// version is stamped by the linker; see the Makefile.
var version = "unstamped"

type commandLine struct {
	Serve          serveCommand          `cmd:"" help:"Start the service."`
	Questionnaires questionnairesCommand `cmd:"" help:"Write, check, explain and translate questionnaires."`
	Score          scoreCommand          `cmd:"" help:"Score files of answers: CSV or JSON lines in, and out."`
	Support        supportCommand        `cmd:"" help:"Look up support services."`
	Counsellors    counsellorsCommand    `cmd:"" help:"Invite and disable counsellors."`
	Keys           keysCommand           `cmd:"" help:"List and rotate the keys that sign."`
	Stats          statsCommand          `cmd:"" help:"Report how many self-checks were finished, by month and questionnaire."`
	Backup         backupCommand         `cmd:"" help:"Write a backup while the service runs."`
	Restore        restoreCommand        `cmd:"" help:"Make a database of a backup, without what was deleted since."`
	Verify         verifyCommand         `cmd:"" help:"Check a backup, or the database in use."`
	GC             gcCommand             `cmd:"" name:"gc" help:"Remove what has passed its time now; the service does so every minute."`
	Migrate        migrateCommand        `cmd:"" help:"Show or bring up to date the version of the tables; the service does so when it starts."`
	Open           openCommand           `cmd:"" help:"Open sealed files that were downloaded from a vault, without the service."`
	Identity       identityCommand       `cmd:"" help:"Print the age identity of a recovery code, for the age command."`
	BuildInfo      buildInfoCommand      `cmd:"" help:"Print the hashes of the web app inside, to compare with an installation."`
	Healthcheck    healthcheckCommand    `cmd:"" help:"Say by the exit code whether the service on this machine is ready."`
	Licences       licencesCommand       `cmd:"" help:"Print the licences and notices of others' work in this program."`
	Version        versionCommand        `cmd:"" help:"Print the version."`
}

type versionCommand struct{}

// streams are what a command reads from and writes to.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// errReported ends a command with exit code 1 when it has already said what is wrong.
var errReported = errors.New("already reported")

func main() {
	os.Exit(run(os.Args[1:], streams{in: os.Stdin, out: calmIfShown(os.Stdout), err: calm{os.Stderr}}))
}

// run executes one command line and gives its exit code: 0 for success, 1 when the
// command failed, 2 when the command line itself is wrong.
func run(args []string, std streams) int {
	exit := -1
	var line commandLine
	parser, err := kong.New(&line,
		kong.Name("predah"),
		kong.Description("Digital-wellbeing self-checks that keep nothing. Every flag is also PREDAH_… in the environment."),
		kong.DefaultEnvars("PREDAH"),
		kong.Writers(std.out, std.err),
		kong.Exit(func(code int) { exit = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Bind(std),
	)
	if err != nil {
		fmt.Fprintln(std.err, "predah:", err)
		return 2
	}
	command, err := parser.Parse(args)
	if exit >= 0 {
		return exit // --help was asked for and shown
	}
	if err != nil {
		complain(std.err, logsJSON(args), fmt.Errorf("%w (see predah --help)", err))
		return 2
	}
	if err := command.Run(); err != nil {
		complain(std.err, command.Command() == "serve" && line.Serve.LogFormat == "json", err)
		return 1
	}
	return 0
}

// complain reports an error, as lines of the log where that is JSON.
func complain(w io.Writer, inJSON bool, err error) {
	if !inJSON {
		report(w, err)
		return
	}
	var text strings.Builder
	report(&text, err)
	logger := newLogger(w, "json", "info")
	for line := range strings.Lines(text.String()) {
		logger.Error(strings.TrimRight(line, "\n"))
	}
}

// logsJSON tells whether a command line that cannot be read is that of a service whose log is JSON.
func logsJSON(args []string) bool {
	if len(args) == 0 || args[0] != "serve" {
		return false
	}
	format := os.Getenv("PREDAH_LOG_FORMAT")
	for i, arg := range args {
		if value, given := strings.CutPrefix(arg, "--log-format="); given {
			format = value
		} else if arg == "--log-format" && i+1 < len(args) {
			format = args[i+1]
		}
	}
	return format == "json"
}

// report prints problems of content files as compilers do, anything else after the program's name.
func report(w io.Writer, err error) {
	var problems questionnaire.Problems
	switch {
	case errors.Is(err, errReported):
	case errors.As(err, &problems):
		fmt.Fprintln(w, problems.Error())
		fmt.Fprintf(w, "predah: %s\n", counted(len(problems), "error", "errors"))
	default:
		fmt.Fprintln(w, "predah:", err)
	}
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (versionCommand) Run(std streams) error {
	_, err := fmt.Fprintln(std.out, "predah", version)
	return err
}
