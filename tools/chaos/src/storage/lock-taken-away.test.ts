import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { until } from "../patience.ts";
import { readFinalLog } from "../people/final-log.ts";
import { PlainSocket } from "../people/plain-socket.ts";
import { ServerProcess } from "../server-process.ts";
import { newDataDir } from "./crash-image.ts";

/** A few starts of a process. */
const WITHIN_MS = 120_000;
const SOON_MS = 30_000;

const servers: ServerProcess[] = [];
let dataDir: string | undefined;
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.dispose()));
  if (dataDir !== undefined) await rm(dataDir, { recursive: true });
});

/** Somebody who writes at one server; `acknowledged` has the `seq` of each message that came back. */
async function author(server: ServerProcess, name: string) {
  const acknowledged = new Map<string, number>();
  const socket = await PlainSocket.open(server.url, (frame) => {
    if (frame.type !== "chat" || frame.payload.from.name !== name) return;
    acknowledged.set(frame.payload.message, frame.payload.seq);
  });
  await socket.ask({ type: "join", payload: { roomId: "lobby", name } }, "joined");
  return {
    socket,
    acknowledged,
    say: (message: string) => socket.send({ type: "chat", payload: { message } }),
  };
}

it(
  "[O1] [D1] no seq is given twice and nothing acknowledged is lost where somebody deletes the lock",
  async () => {
    dataDir = await newDataDir();
    const former = await ServerProcess.start({ dataDir });
    servers.push(former);
    const ann = await author(former, "Ann");
    ann.say("ann 0");
    expect(await until(() => ann.acknowledged.size === 1, SOON_MS)).toBe(true);

    await rm(join(dataDir, "parley.lock"));
    // The former one goes on writing while the latter opens the log.
    let said = 1;
    const writing = setInterval(() => ann.say(`ann ${said++}`), 1);
    const latter = await ServerProcess.start({ dataDir });
    servers.push(latter);
    const bob = await author(latter, "Bob");
    for (let n = 0; n < 20; n += 1) bob.say(`bob ${n}`);
    const { code, output } = await former.ended();
    clearInterval(writing);
    expect(code).toBe(2);
    expect(output).toContain(`Another server has taken over ${dataDir}.`);
    expect(output).not.toContain("at file:");
    expect(await until(() => bob.acknowledged.size === 20, SOON_MS)).toBe(true);

    const { entries } = await readFinalLog(latter.url, "lobby");
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
  "[O1] a server that nobody writes to ends as well, once another one has its log",
  async () => {
    dataDir = await newDataDir();
    const former = await ServerProcess.start({ dataDir });
    servers.push(former);
    await rm(join(dataDir, "parley.lock"));
    servers.push(await ServerProcess.start({ dataDir }));
    expect(await former.ended()).toMatchObject({ code: 2 });
  },
  WITHIN_MS,
);
