package api

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"predah/internal/account"
	"predah/internal/limit"
	"predah/internal/questionnaire"
	"predah/internal/questionnaire/load"
	"predah/internal/receipt"
	"predah/internal/support"
	"predah/internal/token"
	"predah/internal/vault"
)

// Config is what the service is made of.
type Config struct {
	Catalogue *load.Catalogue
	Directory *support.Directory
	LeftOut   []questionnaire.ID // questionnaires that are wrong and not served, named at /readyz

	Ping    func(context.Context) error // whether the database answers, for /readyz; nil leaves it out there
	KeysErr func() error                // why the keys could not be read again, for /readyz; nil leaves them out there

	Vaults   *vault.Service   // what people save and share
	Accounts *account.Service // counsellors
	Tokens   *token.Service   // issues and checks access tokens
	Receipts *receipt.Service // issues and checks receipts

	Limits *limit.Limiter // who asks too often; nil counts nobody
	Each   int            // how many connections, and requests at once, a network may have; 0 for no limit, as without Limits
	Disk   *limit.Disk    // whether there is room to save; nil for always

	Tally    Tally    // counts finished self-checks; nil counts none
	Observer Observer // is told of requests; nil tells nobody

	Web             fs.FS            // the built web app, index.html at its root; nil or empty for none
	Stamp           Stamp            // what was built, for /.well-known/predah-build.json
	PublicURL       string           // where callers reach the service, for the examples in the docs; may be empty
	Licences        string           // the notices of others' work in the program, for /licences.txt; empty where they were not made
	SecurityContact string           // where weaknesses are reported, mailto: or https:, for security.txt; may be empty
	TrustedProxies  []string         // addresses or networks whose X-Forwarded-For counts; nil for none
	Logger          *slog.Logger     // nil logs nothing
	Now             func() time.Time // nil for the system's clock
}

// service answers requests. It does not change after New.
type service struct {
	catalogue *load.Catalogue
	areas     map[questionnaire.AreaID]bool
	scorers   map[questionnaire.ID]*scorer
	leftOut   []questionnaire.ID
	ping      func(context.Context) error
	keysErr   func() error
	tally     Tally
	observer  Observer
	vaults    *vault.Service
	accounts  *account.Service
	tokens    *token.Service
	sameHost  *http.CrossOriginProtection
	receipts  *receipt.Service
	limits    *limit.Limiter
	each      int
	proxies   []netip.Prefix // whose connections are not counted
	disk      *limit.Disk
	help      *helpers
	bodies    bodies
	now       func() time.Time

	languages  *languages
	problems   *problems
	registry   huma.Registry
	headers    []header
	prepared   map[string]map[questionnaire.Language]*prepared // by address
	web        *web
	stamp      Stamp
	webMissing *resource
	logger     *slog.Logger
}

// New returns the handler of the whole service: API, documentation and web app.
// Everything that can be made beforehand is made here, so that requests are cheap;
// content that does not fit together is an error.
func New(config Config) (http.Handler, error) {
	if config.Catalogue == nil || config.Directory == nil {
		return nil, errors.New("make the API: a catalogue and a support directory are needed")
	}
	s, err := newService(config)
	if err != nil {
		return nil, fmt.Errorf("make the API: %w", err)
	}
	engine, err := s.engine(config.TrustedProxies)
	if err != nil {
		return nil, fmt.Errorf("make the API: %w", err)
	}
	api := s.register(engine)
	if err := s.prepare(); err != nil {
		return nil, fmt.Errorf("make the API: %w", err)
	}
	if err := s.document(engine, api.OpenAPI(), config.PublicURL); err != nil {
		return nil, fmt.Errorf("make the API: %w", err)
	}
	if err := s.registerSecurityTxt(engine, config.SecurityContact, config.PublicURL); err != nil {
		return nil, fmt.Errorf("make the API: %w", err)
	}
	registerLicences(engine, config.Licences)
	answerHeadToo(engine)
	return &front{service: s, router: engine}, nil
}

// newService compiles and loads what requests need.
func newService(config Config) (*service, error) {
	words, err := loadTexts()
	if err != nil {
		return nil, err
	}
	s := &service{
		catalogue: config.Catalogue,
		leftOut:   config.LeftOut,
		ping:      config.Ping,
		keysErr:   config.KeysErr,
		tally:     config.Tally,
		observer:  config.Observer,
		vaults:    config.Vaults,
		accounts:  config.Accounts,
		tokens:    config.Tokens,
		sameHost:  sameHost(config.PublicURL),
		receipts:  config.Receipts,
		limits:    config.Limits,
		each:      config.Each,
		disk:      config.Disk,
		areas:     make(map[questionnaire.AreaID]bool),
		scorers:   make(map[questionnaire.ID]*scorer),
		now:       config.Now,
		languages: newLanguages(),
		problems:  &problems{texts: words},
		registry:  huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
		headers:   securityHeaders(),
		logger:    config.Logger,
		stamp:     config.Stamp,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	var loading sync.WaitGroup
	var webErr error
	loading.Go(func() { s.web, webErr = loadWeb(config.Web) }) // about a third of the work
	defer loading.Wait()
	for _, area := range config.Catalogue.Areas {
		s.areas[area.ID] = true
	}
	for _, q := range config.Catalogue.Questionnaires {
		if s.scorers[q.ID], err = newScorer(q, config.Catalogue, config.Directory, words); err != nil {
			return nil, err
		}
	}
	if s.help, err = newHelpers(config.Directory); err != nil {
		return nil, err
	}
	if loading.Wait(); webErr != nil {
		return nil, webErr
	}
	return s, nil
}

// engine returns the router with our middleware and nothing of gin's own: its
// logger prints addresses, its recovery prints headers, its redirects print paths.
func (s *service) engine(trustedProxies []string) (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode) // else gin prints every route; setting it again does nothing
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	if err := engine.SetTrustedProxies(trustedProxies); err != nil {
		return nil, fmt.Errorf("trust the proxies: %w", err)
	}
	proxies, err := parseProxies(trustedProxies)
	if err != nil {
		return nil, err
	}
	s.proxies = proxies
	engine.RemoteIPHeaders = []string{"X-Forwarded-For"} // a proxy that is trusted writes this one; it may pass on others
	engine.Use(s.logged, s.recovered, s.secure, s.short, s.legible, s.atOnce, s.limited, s.roomy)
	engine.NoRoute(s.unrouted)
	engine.NoMethod(s.notAllowed)
	return engine, nil
}

// register adds every operation of the API to the router.
func (s *service) register(engine *gin.Engine) huma.API {
	api := humagin.New(engine, s.apiConfig())
	api.UseMiddleware(s.strictQuery)
	s.registerAreas(api)
	s.registerQuestionnaires(api)
	s.registerCodebook(api)
	s.registerScore(api)
	s.registerReceipts(api)
	s.registerSupport(api)
	s.registerVaults(api)
	s.registerRecords(api)
	s.registerGrants(api)
	s.registerAccesses(api)
	s.registerInbox(api)
	s.registerInvitations(api)
	s.registerSessions(api)
	s.registerMe(api)
	s.registerShareLinks(api)
	s.registerHealth(api)
	s.registerBuild(api)
	s.finishDocument(api.OpenAPI())
	return api
}

// answerHeadToo gives every address that answers GET an answer to HEAD. net/http
// leaves the body out.
func answerHeadToo(engine *gin.Engine) {
	for _, route := range engine.Routes() {
		if route.Method == http.MethodGet {
			engine.HEAD(route.Path, route.HandlerFunc)
		}
	}
}
