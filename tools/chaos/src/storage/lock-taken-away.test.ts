import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { holds } from "@parley/testkit/waiting";
import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { readFinalLog } from "../actors/final-log.ts";
import { startServer } from "../servers.ts";

/** A few starts of a process. */
const WITHIN_MS = 120_000;
const SOON_MS = 30_000;

const servers: ServerProcess[] = [];
let dataDir: string | undefined;
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.dispose()));
  if (dataDir !== undefined) await rm(dataDir, { recursive: true });
});

/** A member who writes on one server; `acknowledged` has the `seq` of each echoed message. */
async function author(server: ServerProcess, name: string) {
  const acknowledged = new Map<string, number>();
  const socket = await PlainClient.connect(server.socketUrl, {
    onFrame: (frame) => {
      if (frame.type !== "chat" || frame.payload.from.name !== name) return;
      acknowledged.set(frame.payload.message, frame.payload.seq);
    },
  });
  await socket.join("lobby", { name });
  return {
    socket,
    acknowledged,
    say: (message: string) => socket.say(message),
  };
}

it(
  "[O1] [D1] no seq is given twice and nothing acknowledged is lost if the lock is deleted",
  async () => {
    dataDir = await makeTemporaryFolder("store");
    const former = await startServer({ dataDir });
    servers.push(former);
    const ann = await author(former, "Ann");
    ann.say("ann 0");
    expect(await holds(() => ann.acknowledged.size === 1, SOON_MS)).toBe(true);

    await rm(join(dataDir, "parley.lock"));
    // The earlier server still writes while the later one opens the log.
    let said = 1;
    const writing = setInterval(() => ann.say(`ann ${said++}`), 1);
    const latter = await startServer({ dataDir });
    servers.push(latter);
    const bob = await author(latter, "Bob");
    for (let n = 0; n < 20; n += 1) bob.say(`bob ${n}`);
    const { code, output } = await former.ended();
    clearInterval(writing);
    expect(code).toBe(2);
    expect(output).toContain(`Another server has taken over ${dataDir}.`);
    expect(output).not.toContain("at file:");
    expect(await holds(() => bob.acknowledged.size === 20, SOON_MS)).toBe(true);

    const { entries } = await readFinalLog(latter.socketUrl, "lobby");
    const kept = new Map<string, number>();
    for (const { type, payload } of entries) {
      if (type === "chat") kept.set(payload.message, payload.seq);
    }
    for (const { acknowledged } of [ann, bob]) {
      for (const [message, seq] of acknowledged)
        expect([message, kept.get(message)]).toEqual([message, seq]);
    }
    expect(entries.map(({ payload }) => payload.seq)).toEqual(entries.map((_, index) => index + 1));
    ann.socket.cut();
    bob.socket.cut();
  },
  WITHIN_MS,
);

it(
  "[O1] a server without writes ends as well, once another one has its log",
  async () => {
    dataDir = await makeTemporaryFolder("store");
    const former = await startServer({ dataDir });
    servers.push(former);
    await rm(join(dataDir, "parley.lock"));
    servers.push(await startServer({ dataDir }));
    expect(await former.ended()).toMatchObject({ code: 2 });
  },
  WITHIN_MS,
);
