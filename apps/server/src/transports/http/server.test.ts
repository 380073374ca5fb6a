import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { aboutServer } from "./about.ts";
import { createHttpServer } from "./server.ts";

it("answers 500 where the metrics cannot be read, tells of it, and goes on", async () => {
  const failures: unknown[] = [];
  const broken = new Error("a collector is broken");
  const server = createHttpServer({
    webDirectory: "/nowhere",
    about: aboutServer({ ageMs: Infinity, entries: Infinity }),
    api: { answer: () => {} },
    waitOf: () => 0,
    onRefused: () => {},
    notReady: () => undefined,
    metrics: () => Promise.reject(broken),
    onFailure: (error) => failures.push(error),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect((await fetch(`${url}/metrics`)).status).toBe(500);
    expect(failures).toEqual([broken]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
