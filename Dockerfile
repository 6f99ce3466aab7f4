# syntax=docker/dockerfile:1
# Targets: api, worker, worker-gpu, dashboard, tools. Debian, not Alpine: onnxruntime-node's library is built for glibc.

# Long-term support until April 2028; Florist runs on 20.20 and newer.
FROM node:24-bookworm-slim AS node

# What npm needs to know of every workspace.
FROM node AS manifests
WORKDIR /florist
COPY package.json package-lock.json .npmrc ./
COPY core/package.json core/
COPY storage/package.json storage/
COPY api/package.json api/
COPY worker/package.json worker/
COPY openapi/package.json openapi/
COPY dashboard/package.json dashboard/

FROM manifests AS build
ENV TURBO_TELEMETRY_DISABLED=1
RUN npm ci
COPY turbo.json tsconfig.json ./
COPY core core
COPY storage storage
COPY api api
COPY worker worker
RUN npx turbo run build --filter=@florist/api --filter=@florist/worker

# What the services need when they run. npm runs no install scripts here (see .npmrc): onnxruntime-node comes with
# its library for the CPU, of which those for other systems are dropped.
FROM manifests AS modules
RUN npm ci --omit=dev -w core -w storage -w api -w worker \
 && rm -rf node_modules/onnxruntime-node/bin/napi-v6/darwin node_modules/onnxruntime-node/bin/napi-v6/win32

# What both services share. The data folder belongs to the user that runs them, and so does a new volume there.
FROM node AS service
WORKDIR /florist
ENV NODE_ENV=production FLORIST_DATA_DIR=/data
RUN install -d -o node -g node /data
COPY --from=modules /florist/node_modules node_modules
COPY --from=build /florist/core core
COPY --from=build /florist/storage storage
USER node
VOLUME /data

# With Node's own four threads, as many slow syncs of uploads would hold up every read.
FROM service AS api
ENV HOST=0.0.0.0 PORT=8080 UV_THREADPOOL_SIZE=16
COPY --from=build /florist/api api
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["node", "api/dist/healthcheck.js"]
CMD ["node", "--enable-source-maps", "api/dist/server.js"]

FROM service AS worker
COPY --from=build /florist/worker worker
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["node", "worker/dist/healthcheck.js"]
CMD ["node", "--enable-source-maps", "worker/dist/main.js"]

# `npm run rebuild`, for the stores of the other containers. It finds everything built.
FROM service AS tools
COPY package.json ./
COPY scripts scripts
CMD ["node", "scripts/rebuild.mjs", "--help"]

# onnxruntime-node's own install script, which downloads its library for CUDA 12.
FROM modules AS cuda-library
RUN node node_modules/onnxruntime-node/script/install.js --onnxruntime-node-install

# CUDA 12 and cuDNN 9 from NVIDIA's image; Node from its own.
FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04 AS worker-gpu
COPY --from=node /usr/local/bin/node /usr/local/bin/node
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node \
 && install -d -o node -g node /data
WORKDIR /florist
ENV NODE_ENV=production FLORIST_DATA_DIR=/data FLORIST_EXECUTION_PROVIDER=cuda
COPY --from=cuda-library /florist/node_modules node_modules
COPY --from=build /florist/core core
COPY --from=build /florist/storage storage
COPY --from=build /florist/worker worker
USER node
VOLUME /data
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["node", "worker/dist/healthcheck.js"]
CMD ["node", "--enable-source-maps", "worker/dist/main.js"]

FROM build AS build-dashboard
COPY openapi openapi
COPY dashboard dashboard
RUN npx turbo run build --filter=@florist/dashboard

FROM manifests AS dashboard-modules
RUN npm ci --omit=dev -w dashboard -w openapi

# The dashboard knows the api's address alone; who signs in brings the token.
FROM node AS dashboard
WORKDIR /florist
ENV NODE_ENV=production HOST=0.0.0.0 DASHBOARD_PORT=3000 FLORIST_API_URL=http://api:8080
COPY --from=dashboard-modules /florist/node_modules node_modules
COPY --from=build-dashboard /florist/openapi openapi
COPY --from=build-dashboard /florist/dashboard dashboard
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.DASHBOARD_PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dashboard/server.mjs"]
