# Parley as an image: `docker build -t parley .`, then
# `docker run -p 8080:8080 -v parley:/data parley`. Variables are in README.md, "Configuration".

FROM node:24-slim AS base
WORKDIR /parley
RUN npm install --global pnpm@12
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY packages/protocol/package.json packages/protocol/
COPY packages/client/package.json packages/client/
COPY packages/testkit/package.json packages/testkit/

FROM base AS web
RUN pnpm install --frozen-lockfile --filter @parley/web...
COPY tsconfig.base.json ./
COPY packages packages
COPY apps/web apps/web
RUN cd apps/web && node_modules/.bin/vite build

FROM base AS server
RUN pnpm install --frozen-lockfile --prod --filter @parley/server...

FROM node:24-slim
ENV NODE_ENV=production DATA_DIR=/data PORT=8080 NODE_COMPILE_CACHE=/tmp/node-compile-cache
WORKDIR /parley
COPY --from=server /parley/package.json ./
COPY --from=server /parley/node_modules node_modules
COPY --from=server /parley/apps/server/node_modules apps/server/node_modules
COPY --from=server /parley/packages/protocol/node_modules packages/protocol/node_modules
COPY packages/protocol packages/protocol
COPY apps/server apps/server
COPY --from=web /parley/apps/web/dist apps/web/dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "apps/server/src/main.ts"]
