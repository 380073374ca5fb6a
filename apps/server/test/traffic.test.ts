import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PlainClient } from "@parley/testkit/plain-client";
import { TestServer } from "./server.ts";

const CROWD = 20;
/** Of each; the connection may send 320 before it counts as flooding. */
const FRAMES = 200;
/** What an address may send at once. */
const BURST = 3_000;
/** At 300 a second the rest takes so long, and nobody has to have joined before; in ms. */
const ENOUGH_MS = 8_000;
const STEP_MS = 100;

let server: TestServer;
beforeEach(async () => {
  const env = { TRUST_PROXY: "X-Forwarded-For" };
  server = await TestServer.start({ env, ratesByTest: true });
});
afterEach(() => server.close());

const come = (address: string) =>
  PlainClient.connect(server.socketUrl, { headers: { "X-Forwarded-For": address } });

describe("a network address that sends more than it may", () => {
  it("[D4] is read later, frame by frame, and loses nothing; others are read at once", async () => {
    const crowd = await Promise.all(Array.from({ length: CROWD }, () => come("192.0.2.7")));
    for (const client of crowd) {
      for (let i = 0; i < FRAMES; i += 1) client.send("ping", {});
    }
    const answers = () => crowd.reduce((sum, { frames }) => sum + frames.length, 0);
    await until(() => expect(answers()).toBeGreaterThanOrEqual(BURST));
    const late = await come("192.0.2.7");
    late.send("join", { roomId: "123" });
    const other = await come("192.0.2.8");
    await other.join("123");
    await other.sync();
    expect(late.frames).toEqual([]);
    let passedMs = 0;
    await until(() => {
      if (passedMs < ENOUGH_MS) server.pass(STEP_MS);
      passedMs += STEP_MS;
      expect(answers()).toBe(CROWD * FRAMES);
      expect(late.frames).toMatchObject([{ type: "joined" }]);
    });
    for (const { frames } of crowd) {
      expect(new Set(frames.map(({ type }) => type))).toEqual(new Set(["pong", "error"]));
    }
  });
});
