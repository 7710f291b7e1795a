# Slotwright on a base image of yours. It needs glibc 2.34 or newer, libssl3 and CA certificates.
#   docker buildx build --platform linux/amd64,linux/arm64 --build-arg BASE=registry.example.com/base:1 --tag registry.example.com/slotwright:0.1.0 --push .
# Without a base image of yours, ./build-image needs neither docker nor this file.
ARG BASE=gcr.io/distroless/base-debian12
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0

FROM --platform=$BUILDPLATFORM ${SDK} AS sdk

# Linked on Debian 12, so that the program runs on any glibc from 2.34 on; the SDK's own image has a newer one.
FROM --platform=$BUILDPLATFORM debian:12 AS build
ARG TARGETARCH
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates gcc libc6-dev libssl3 libstdc++6 zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
COPY --from=sdk /usr/share/dotnet /usr/share/dotnet
ENV PATH=/usr/share/dotnet:$PATH DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /slotwright
COPY . .
RUN rid=linux-$(echo "$TARGETARCH" | sed s/amd64/x64/) \
    && .ci/publish-native "$rid" \
    && cp "artifacts/native/$rid/slotwright" /slotwright/program

FROM ${BASE}
LABEL org.opencontainers.image.title=slotwright \
    org.opencontainers.image.description="Deploys and runs Valkey clusters: what runs around Valkey in its pods" \
    org.opencontainers.image.licenses=Apache-2.0
COPY --from=build /slotwright/program /slotwright
USER 1000:1000
ENTRYPOINT ["/slotwright"]
