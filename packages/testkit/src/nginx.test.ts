import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { adapted } from "./nginx.ts";

const config = readFileSync(new URL("../../../deploy/nginx.conf", import.meta.url), "utf8");

it("changes only addresses, sizes and folders in the settings of a host", () => {
  const lines = config.trimEnd().split("\n");
  const changed = adapted(config, 4_711, [4_001], "/srv/x").trimEnd().split("\n");
  expect(changed.filter((line) => !lines.includes(line))).toEqual([
    "    worker_connections 1000;",
    "    access_log off;",
    "    client_body_temp_path /srv/x/client_body;",
    "    proxy_temp_path /srv/x/proxy;",
    "    fastcgi_temp_path /srv/x/fastcgi;",
    "    uwsgi_temp_path /srv/x/uwsgi;",
    "    scgi_temp_path /srv/x/scgi;",
    "        server 127.0.0.1:4001 max_fails=1 fail_timeout=2s;",
    "        listen 127.0.0.1:4711;",
  ]);
  expect(lines.filter((line) => !changed.includes(line))).toEqual([
    "worker_rlimit_nofile 200000;",
    "    worker_connections 50000;",
    "        server 127.0.0.1:8081 max_fails=1 fail_timeout=2s;",
    "        server 127.0.0.1:8082 max_fails=1 fail_timeout=2s;",
    "        server 127.0.0.1:8083 max_fails=1 fail_timeout=2s;",
    "        listen 8080;",
  ]);
});
