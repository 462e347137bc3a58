# Predah. `make help` lists what there is.
SHELL       := /bin/sh
.SHELLFLAGS := -ec
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# a set length, because git's own choice grows with the clone
VERSION := $(shell git describe --tags --always --dirty --abbrev=12 2>/dev/null || echo unknown)
COMMIT  := $(shell git rev-parse HEAD 2>/dev/null)
GO_SOURCES  := $(shell find cmd internal questionnaires -type f -not -path '*/generated*' 2>/dev/null) go.mod go.sum frontend/embed.go
WEB_SOURCES := $(shell find frontend/src frontend/static frontend/messages frontend/project.inlang -type f -not -path '*/paraglide/*' 2>/dev/null) \
	$(wildcard frontend/*.ts frontend/*.js frontend/*.json) \
	$(wildcard questionnaires/*/*.yaml)
NPM := npm --prefix frontend
# One way to compile for what is run and what is tested, so that the database's C code is compiled once.
export GOFLAGS := $(filter-out -trimpath,$(GOFLAGS)) -trimpath

.PHONY: help require run build dev sbom test test-go test-web test-browser test-engines test-accidents test-clients test-deploy race image lint lint-go lint-web modules bench soak fuzz lighthouse audit reproducible clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

require:
	@scripts/require

run: build ## Build what changed and start the service on http://127.0.0.1:8080
	@exec bin/predah serve

build: require bin/predah ## Build bin/predah with the web app and the content inside

NOTICES := internal/licences/generated/modules.txt
$(NOTICES): go.mod go.sum scripts/licences
	@scripts/licences >$@

bin/predah: $(GO_SOURCES) $(NOTICES) frontend/build/index.html
	@echo "building bin/predah $(VERSION)"
	@go build -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)' -o $@ ./cmd/predah
	@touch $@

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json
	@echo "installing npm packages"
	@cd frontend && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

frontend/build/index.html: frontend/node_modules/.installed $(WEB_SOURCES)
	@echo "building the web app"
	@$(NPM) run --silent build >frontend/.svelte-kit-build.log 2>&1 || { cat frontend/.svelte-kit-build.log; exit 1; }
	@rm -f frontend/.svelte-kit-build.log
	@touch $@

dev: build ## Web app with hot reload on :5173, API behind it on :8080
	@bin/predah serve & server=$$!; trap 'kill $$server' EXIT INT TERM; $(NPM) run dev

test: require lint test-go ## Everything but the race detector: linters, Go, accidents, clients, the web app, real browsers, deploy
	@$(MAKE) -j2 test-accidents test-clients test-web
	@$(MAKE) test-browser
	@$(MAKE) -j2 test-engines test-deploy

lint: ## Linters and type checks, of Go beside those of the web app
	@$(MAKE) -j2 modules frontend/build/index.html
	@$(MAKE) -j2 lint-go lint-web

# Modules of others are compiled while npm installs and the web app is built.
modules: require
	@needed=$$(go list -e -deps -f '{{with .Module}}{{if not .Main}}{{$$.ImportPath}}{{end}}{{end}}' ./cmd/... ./internal/...); \
		go build $$needed

lint-go: $(NOTICES) frontend/build/index.html
	@unformatted=$$(gofmt -l cmd internal questionnaires frontend/embed.go bench deploy endurance scripts); \
		[ -z "$$unformatted" ] || { echo "gofmt would change:"; echo "$$unformatted"; exit 1; }
	go vet ./...
	go tool staticcheck ./...

lint-web: frontend/build/index.html
	$(NPM) run --silent lint
	$(NPM) run --silent check

# Of packages that start few goroutines, the tests that the race detector is for.
SHARED := ManyAtOnce|BuiltInContent|TestServe|Replicas|Connections|APreviewFollows|Metrics|ScoringIsCounted|WhereverItWasInterrupted
# SQLite's C code is compiled anew for the race detector, which does not look into it; scrypt shares nothing.
RACING := CGO_CFLAGS=-O0 GOFLAGS='$(GOFLAGS) -vet=off -gcflags=golang.org/x/crypto/scrypt=-race=false'
test-go: $(NOTICES) frontend/build/index.html # go vet has run: lint
	@scripts/program PREDAH_MSGFMT msgfmt gettext "what gettext says of PO files is not tested" >/dev/null || true
	@server=$$(scripts/redis); PREDAH_REDIS_SERVER=$$server go test -vet=off ./cmd/... ./internal/... ./questionnaires/... ./frontend/... ./scripts/...

race: $(NOTICES) frontend/build/index.html ## The race detector over whatever starts goroutines, and over services that are killed; 10 minutes
	@server=$$(scripts/redis); export PREDAH_REDIS_SERVER=$$server; \
		$(RACING) go test -race $$(scripts/concurrent); \
		$(RACING) go test -race ./cmd/predah ./internal/scoring ./internal/questionnaire/load -run '$(SHARED)'
	$(RACING) go test -race ./bench/load ./endurance/... -skip PowerCuts

test-clients: ## What generators make of the API's document compiles
	cd internal/api/clients; go vet ./...; go test -count=1 ./...

test-web: frontend/node_modules/.installed frontend/build/index.html
	$(NPM) run --silent test

test-browser: bin/predah
	@shell=$$(scripts/headless-shell); chromium=$$(scripts/chromium); \
		PREDAH_HEADLESS_SHELL=$$shell PREDAH_CHROMIUM=$$chromium $(NPM) run --silent test:browser

test-engines: bin/predah ## The main walks in Firefox and in WebKitGTK, where they are or can be installed
	@engines=; firefox=$$(scripts/firefox) && engines="--project=firefox" || true; \
		webkit=$$(scripts/webkit-driver) && engines="$$engines --project=webkit" || true; \
		[ -z "$$engines" ] || PREDAH_FIREFOX=$$firefox PREDAH_WEBKIT_DRIVER=$$webkit $(NPM) run --silent test:engines -- $$engines

test-accidents: frontend/build/index.html ## Kills, power cuts and failing disks, in short; and that what is measured runs
	go test -vet=off -p 1 ./bench/load ./endurance/... ./bench

test-deploy: bin/predah ## What Predah is run with: Dockerfile, compose file, Caddyfile, unit, manifest
	@caddy=$$(scripts/caddy); server=$$(scripts/redis); cd deploy/check; go vet ./...; PREDAH_CADDY=$$caddy PREDAH_REDIS_SERVER=$$server go test -count=1 ./...

.PHONY: scale drill
scale: bin/predah ## Kill one of two replicas again and again under load, and write docs/reliability.md
	@caddy=$$(scripts/caddy); PREDAH_CADDY=$$caddy go run ./endurance scale --write

drill: bin/predah ## Kill the leader of three PostgreSQL nodes under Patroni, and write docs/reliability.md
	@scripts/drill; go run ./endurance drill --write

image: ## Build the container image predah:VERSION, with Docker
	docker build --build-arg VERSION=$(VERSION) --build-arg COMMIT=$(COMMIT) -t predah:$(VERSION) .

bench: build bin/bench-pocketbase ## Measure speed as ratios in one run and write docs/performance.md
	go run ./bench

bin/bench-pocketbase: $(wildcard bench/pocketbase/*)
	@echo "building PocketBase, to compare with"
	@cd bench/pocketbase && go build -o ../../$@ .

soak: build ## Kill, cut the power, keep busy and score as on arm64, for about 44 minutes; figures into docs/reliability.md
	go run ./endurance crash --cycles 200 --write
	go run ./endurance crash --postgres --cycles 50 --write
	go run ./endurance cut --write
	go run ./endurance soak --write
	scripts/arm64

FUZZTIME := 60s
fuzz: frontend/build/index.html ## Fuzz every decoder and parser, each for FUZZTIME (60s), and write docs/reliability.md
	go run ./endurance/fuzz -time $(FUZZTIME)

lighthouse: build ## Lighthouse, mobile profile, on home, question and result
	@chromium=$$(scripts/chromium); CHROME_PATH=$$chromium $(NPM) run --silent lighthouse

audit: frontend/node_modules/.installed ## Ask the databases of known faults about what is built in; needs the network
	go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./...
	$(NPM) audit --omit=dev

sbom: bin/predah ## List what is in the program and in the web app, as CycloneDX, in bin/sbom
	@mkdir -p bin/sbom
	go run github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0 bin -json -licenses -output bin/sbom/predah.cdx.json -version $(VERSION) bin/predah
	cd frontend && npm exec --yes --ignore-scripts --package=@cyclonedx/cyclonedx-npm@6.0.1 -- cyclonedx-npm --package-lock-only --ignore-npm-errors --output-reproducible --output-file ../bin/sbom/web.cdx.json

reproducible: require ## Build the last commit twice, in two folders, and compare
	@scripts/reproducible

clean: ## Remove what was built (not ./data)
	rm -rf bin frontend/node_modules frontend/.svelte-kit frontend/build
	git checkout -- frontend/build/.keep
