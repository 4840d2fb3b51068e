# The media server and the web page. Build from the repository's top folder:
#   docker build -f docker/media-server.Dockerfile -t parley-media-server .

FROM node:22-bookworm-slim AS build
WORKDIR /parley
ENV PARLEY_CACHE=/parley/.parley/cache

# Packages and the mediasoup worker change seldom, so they come first and stay in Docker's cache.
COPY package.json package-lock.json .npmrc ./
COPY apps/command-line/package.json apps/command-line/
COPY apps/inference/package.json apps/inference/
COPY apps/media-server/package.json apps/media-server/
COPY apps/web/package.json apps/web/
COPY packages/api-document/package.json packages/api-document/
COPY packages/audio/package.json packages/audio/
COPY packages/client/package.json packages/client/
COPY packages/models/package.json packages/models/
COPY packages/nemo-onnx/package.json packages/nemo-onnx/
COPY packages/settings/package.json packages/settings/
COPY packages/shared/package.json packages/shared/
COPY packages/speech/package.json packages/speech/
COPY packages/telemetry/package.json packages/telemetry/
COPY packages/threads/package.json packages/threads/
COPY packages/admission/package.json packages/admission/
COPY packages/fleet/package.json packages/fleet/
COPY scripts scripts
RUN node scripts/setup.mjs --packages
RUN node scripts/setup.mjs --worker \
  && cp .parley/cache/mediasoup-worker/*/mediasoup-worker mediasoup-worker

COPY tsconfig.base.json ./
COPY packages packages
COPY apps/media-server apps/media-server
COPY apps/web apps/web
RUN node scripts/setup.mjs --build \
  && npm ci --omit=dev --ignore-scripts --workspace @parley/media-server

FROM node:22-bookworm-slim
# The libraries that a worker built here is linked to. The prebuilt one brings its own.
RUN apt-get update \
  && apt-get install -y --no-install-recommends libuv1 libssl3 libsrtp2-1 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /parley
COPY --from=build /parley/mediasoup-worker ./
COPY --from=build /parley/node_modules node_modules
COPY --from=build /parley/apps/media-server apps/media-server
COPY --from=build /parley/apps/web/dist apps/web/dist
RUN mkdir /data && chown 1000:1000 /data
# A number, since Kubernetes does not believe a name to be another than root.
USER 1000:1000
ENV NODE_ENV=production \
  MEDIASOUP_WORKER_BIN=/parley/mediasoup-worker \
  PARLEY_DATA=/data \
  PORT=7860
VOLUME /data
EXPOSE 7860
HEALTHCHECK --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "apps/media-server/dist/main.js"]
