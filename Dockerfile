# Three stages: the web app, the program with the web app inside, and an image that has nothing but
# the program. `make image` builds it and says which commit it is of.

FROM node:20.20.2-bookworm-slim AS web
WORKDIR /src
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc frontend/
RUN npm --prefix frontend ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY questionnaires questionnaires
COPY frontend frontend
RUN npm --prefix frontend run --silent build

FROM golang:1.26.8-bookworm AS program
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd cmd
COPY internal internal
COPY questionnaires questionnaires
COPY frontend/embed.go frontend/embed.go
COPY scripts/licences scripts/licences
COPY --from=web /src/frontend/build frontend/build
ARG VERSION=unknown
ARG COMMIT=
RUN scripts/licences >internal/licences/generated/modules.txt
# The tags leave out what a static program can't have: the C library's look-up of names and users,
# and extensions of SQLite.
RUN CGO_ENABLED=1 go build -trimpath -buildvcs=false -tags 'netgo osusergo sqlite_omit_load_extension' -ldflags "-s -w -linkmode external -extldflags -static -X main.version=$VERSION -X main.commit=$COMMIT" -o /out/predah ./cmd/predah
# What a new volume is made of: owned by the user of the image, closed to others.
RUN install -d -m 0700 /out/data /out/data/secrets

FROM scratch
COPY --from=program /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=program /out/predah /predah
COPY --from=program --chown=65532:65532 /out/data /data
USER 65532:65532
ENV PREDAH_DATA=/data PREDAH_LISTEN=0.0.0.0:8080 GOTRACEBACK=none
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=4s --start-period=30s --retries=3 CMD ["/predah", "healthcheck"]
ENTRYPOINT ["/predah"]
CMD ["serve"]
