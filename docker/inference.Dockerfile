# The inference server: speech recognition, conversation and speech synthesis. Build from the
# repository's top folder, for the processor or for an NVIDIA card:
#   docker build -f docker/inference.Dockerfile -t parley-inference .
#   docker build -f docker/inference.Dockerfile --target cuda -t parley-inference:cuda .

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

# For the processor.
FROM node:22-bookworm-slim AS cpu
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /parley
COPY --from=build /parley/node_modules node_modules
COPY --from=build /parley/apps/command-line apps/command-line
COPY --from=build /parley/apps/inference apps/inference
COPY models models
RUN mkdir /data /cache && chown 1000:1000 /data /cache
USER 1000:1000
ENV NODE_ENV=production \
  HF_HOME=/cache/huggingface \
  INFERENCE_PORT=8080 \
  NPM_CONFIG_CACHE=/tmp/npm \
  PARLEY_CACHE=/cache \
  PARLEY_DATA=/data
VOLUME ["/data", "/cache"]
EXPOSE 8080
HEALTHCHECK --start-period=120s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.INFERENCE_PORT + '/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "apps/inference/dist/main.js"]

# CUDA's part of onnxruntime, for exactly the installed version.
FROM build AS cuda-libraries
# Index of a NuGet feed that mirrors onnxruntime's, where that one cannot be reached.
ARG CUDA_FEED=
RUN PARLEY_CACHE=/parley/cuda node apps/command-line/bin/parley.mjs gpu install cuda \
  ${CUDA_FEED:+--feed "$CUDA_FEED"}

# For NVIDIA's cards: CUDA 12 and cuDNN 9 are what onnxruntime's libraries are linked to.
FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04 AS cuda
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates ffmpeg \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /usr/local/bin/node /usr/local/bin/
COPY --from=build /usr/local/lib/node_modules/npm /usr/local/lib/node_modules/npm
RUN ln -sf ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /parley
COPY --from=build /parley/node_modules node_modules
COPY --from=build /parley/apps/command-line apps/command-line
COPY --from=build /parley/apps/inference apps/inference
COPY --from=cuda-libraries /parley/cuda cuda
COPY models models
COPY docker/with-cuda.sh ./
RUN mkdir /data /cache && chown 1000:1000 /data /cache
# A number, since Kubernetes does not believe a name to be another than root.
USER 1000:1000
ENV NODE_ENV=production \
  HF_HOME=/cache/huggingface \
  INFERENCE_PORT=8080 \
  NPM_CONFIG_CACHE=/tmp/npm \
  PARLEY_CACHE=/cache \
  PARLEY_DATA=/data \
  RECOGNIZER_PROVIDERS=cuda,cpu
VOLUME ["/data", "/cache"]
EXPOSE 8080
HEALTHCHECK --start-period=300s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.INFERENCE_PORT + '/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/bin/sh", "/parley/with-cuda.sh"]
CMD ["node", "--enable-source-maps", "apps/inference/dist/main.js"]

# The last stage is what is built without --target.
FROM cpu
