import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { readFinalLog } from "./actors/final-log.ts";
import { startServer } from "./servers.ts";

let server: ServerProcess | undefined;
afterEach(() => server?.dispose());

it("[D1] restarts on the same port and data, after a kill and after an orderly stop", async () => {
  server = await startServer();
  const { socketUrl: url } = server;
  const socket = await PlainClient.connect(url);
  await socket.join("lobby");
  await socket.ask("chat", { message: "hello" }, "chat");
  await server.kill();
  await expect(PlainClient.connect(url)).rejects.toThrow("ECONNREFUSED");
  await server.start();
  const killed = await readFinalLog(url, "lobby");
  expect(killed.entries).toMatchObject([{ type: "chat", payload: { message: "hello" } }]);
  await server.stop();
  await server.start();
  expect(await readFinalLog(url, "lobby")).toEqual(killed);
});

it("keeps a data directory that was given to it, and says why it could not start", async () => {
  const dataDir = await makeTemporaryFolder("store");
  server = await startServer({ dataDir });
  await expect(startServer({ dataDir })).rejects.toThrow("Another server is using");
  await server.dispose();
  expect(existsSync(join(dataDir, "parley.db"))).toBe(true);
  await rm(dataDir, { recursive: true });
});
