import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { probe } from "./probe.ts";

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** A server that does this with each connection; gives its URL. */
async function listen(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.push(socket.on("error", () => undefined));
    answer(socket);
  });
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

it("gives what a server answers", async () => {
  const url = await listen((socket) => {
    socket.end("HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nfull");
  });
  expect(await probe(url)).toEqual({ isOk: false, text: "full" });
});

it("ends if a server accepts and says nothing, or stops within its answer", async () => {
  expect(await probe(await listen(() => undefined), 50)).toBeUndefined();
  const url = await listen((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfu");
  });
  expect(await probe(url, 50)).toBeUndefined();
});

it("ends if a server hangs up, or nobody listens", async () => {
  const url = await listen((socket) => socket.destroy());
  expect(await probe(url)).toBeUndefined();
  for (const server of servers) server.close();
  expect(await probe(url)).toBeUndefined();
});

it("does not take a malformed address for a server that is away", async () => {
  await expect(probe("http://")).rejects.toThrow(TypeError);
});
