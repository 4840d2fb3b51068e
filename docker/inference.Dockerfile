# The inference server: speech recognition, conversation and speech synthesis. Build from the
# repository's top folder:
#   docker build -f docker/inference.Dockerfile -t parley-inference .

FROM node:22-bookworm-slim AS build
WORKDIR /parley

# Packages change seldom, so they come first and stay in Docker's cache.
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

COPY tsconfig.base.json ./
COPY packages packages
COPY apps/command-line apps/command-line
COPY apps/inference apps/inference
RUN node scripts/setup.mjs --build \
  && npm ci --omit=dev --ignore-scripts --workspace @parley/inference --workspace @parley/command-line

FROM node:22-bookworm-slim
WORKDIR /parley
COPY --from=build /parley/node_modules node_modules
COPY --from=build /parley/apps/command-line apps/command-line
COPY --from=build /parley/apps/inference apps/inference
COPY models models
RUN mkdir /data /cache && chown node:node /data /cache
USER node
ENV NODE_ENV=production \
  HF_HOME=/cache/huggingface \
  INFERENCE_PORT=8080 \
  PARLEY_CACHE=/cache \
  PARLEY_DATA=/data
VOLUME ["/data", "/cache"]
HEALTHCHECK --start-period=120s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.INFERENCE_PORT + '/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "apps/inference/dist/main.js"]
