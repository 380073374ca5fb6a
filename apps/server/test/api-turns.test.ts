import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";
import { until } from "@parley/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { MemoryLog } from "../src/backends/memory/log.ts";
import { networkKey } from "../src/limits/addresses.ts";
import type { Work } from "../src/limits/fair-turns.ts";
import { TestServer } from "./server.ts";

let line: { asker: string; work: Work }[];
let log: MemoryLog;
let server: TestServer;
beforeEach(async () => {
  line = [];
  log = new MemoryLog();
  const turns = { take: (asker: string, work: Work) => line.push({ asker, work }) };
  server = await TestServer.start({ log, turns });
});
afterEach(() => server.close());

it("does what a request asks for in the turn of its network address", async () => {
  const posted = fetch(`${server.url}/api/rooms/123/messages`, { method: "POST", body: "hello" });
  await until(() => expect(line.map(({ asker }) => asker)).toEqual([networkKey("127.0.0.1")]));
  expect((await log.read("123", { limit: 1 })).head).toBe(0);
  expect(line.shift()?.work()).toBeGreaterThan(0);
  expect((await posted).status).toBe(201);
});

it("opens no stream for a client that has gone meanwhile", async () => {
  const answers: ServerResponse[] = [];
  const begun = (message: unknown) =>
    answers.push((message as { response: ServerResponse }).response);
  subscribe("http.server.request.start", begun);
  const gone = new AbortController();
  const { signal } = gone;
  const refused = 'parley_refusals_total{code="body_cut_off"}';
  const asked = fetch(`${server.url}/api/rooms/123/events`, { signal }).catch(() => "gone");
  await until(() => expect(line).toHaveLength(1));
  gone.abort();
  expect(await asked).toBe("gone");
  unsubscribe("http.server.request.start", begun);
  await until(() => expect(answers[0]?.destroyed).toBe(true));
  line.shift()?.work();
  await until(async () => expect(await server.metric(refused)).toBe(1));
  expect(await server.metric("parley_connections")).toBe(0);
});
