import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { SqliteLog } from "../src/backends/sqlite/log.ts";
import { PlainClient } from "@parley/testkit/plain-client";
import { chatDraft } from "./drafts.ts";
import { RawSocket } from "./raw-socket.ts";
import { ServerProcess } from "@parley/testkit/server-process";
import { makeTemporaryFolder, removeTemporaryFolder } from "@parley/testkit/temporary-folder";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
/** How much the memory of the server may grow, in MB. */
const GROWTH_MB_MAX = 200;
/** How many pages one connection may ask for at once. */
const PAGES = 58;
const SOCKETS = 100;

let dataDir: string;
let server: ServerProcess;
const sockets: RawSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.reset();
  await server.dispose();
  await removeTemporaryFolder(dataDir);
});

/** The memory of the server, in MB. */
async function memory(): Promise<number> {
  return (await server.metric("process_resident_memory_bytes")) / 1e6;
}

/** A room whose last page is as large as a page can be. */
async function fillRoom(dataDir: string): Promise<void> {
  const retention = { entries: Infinity, ageMs: Infinity };
  const log = await SqliteLog.open({ dataDir, retention, faults: {} });
  const appends = Array.from({ length: 400 }, () =>
    log.append("123", chatDraft("x".repeat(4_000))),
  );
  await Promise.all(appends);
  await log.close();
}

describe("a hundred sockets of two addresses that ask for pages and read none", () => {
  it("[limits] cost the server little memory, and keep nobody from reading", async () => {
    dataDir = await makeTemporaryFolder("unread-memory");
    await fillRoom(dataDir);
    const env = { TRUST_PROXY: "X-Forwarded-For", LIMITS: "on" };
    server = await ServerProcess.start({ main: MAIN, env, dataDir });
    const reader = await PlainClient.connect(server.socketUrl);
    await reader.join("123");
    const before = await memory();
    for (let i = 0; i < SOCKETS; i += 1) {
      const socket = await RawSocket.openFrom(server.port, {
        "X-Forwarded-For": `192.0.2.${i % 2}`,
      });
      sockets.push(socket);
      socket.socket.pause();
      socket.say({ type: "join", payload: { roomId: "123" } });
      for (let page = 0; page < PAGES; page += 1) {
        socket.say({ type: "history", payload: { limit: 200 } });
      }
    }
    let most = 0;
    for (let page = 0; page < PAGES; page += 1) {
      reader.send("history", { limit: 200 });
      await reader.next("history");
      most = Math.max(most, await memory());
    }
    expect(most - before).toBeLessThan(GROWTH_MB_MAX);
  });
});
