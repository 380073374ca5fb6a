import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { readFinalLog } from "./people/final-log.ts";
import { PlainSocket } from "./people/plain-socket.ts";
import { ServerProcess } from "./server-process.ts";
import { newDataDir } from "./storage/crash-image.ts";

let server: ServerProcess | undefined;
afterEach(() => server?.dispose());

it("[D1] starts again on the same port and data, after a kill and after an ordered end", async () => {
  server = await ServerProcess.start();
  const { url } = server;
  const socket = await PlainSocket.open(url);
  await socket.ask({ type: "join", payload: { roomId: "lobby" } }, "joined");
  await socket.ask({ type: "chat", payload: { message: "hello" } }, "chat");
  await server.kill();
  await expect(PlainSocket.open(url)).rejects.toThrow("ECONNREFUSED");
  await server.restart();
  const killed = await readFinalLog(url, "lobby");
  expect(killed.entries).toMatchObject([{ type: "chat", payload: { message: "hello" } }]);
  await server.stop();
  await server.restart();
  expect(await readFinalLog(url, "lobby")).toEqual(killed);
});

it("leaves data alone that was given to it, and tells why it could not start", async () => {
  const dataDir = await newDataDir();
  server = await ServerProcess.start({ dataDir });
  await expect(ServerProcess.start({ dataDir })).rejects.toThrow("Another server is using");
  await server.dispose();
  expect(existsSync(join(dataDir, "parley.db"))).toBe(true);
  await rm(dataDir, { recursive: true });
});
