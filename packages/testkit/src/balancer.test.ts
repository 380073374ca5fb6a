import { once } from "node:events";
import { createServer, connect, type AddressInfo, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Balancer } from "./balancer.ts";
import { freePort } from "./ports.ts";

let servers: Server[];
let ports: number[];
let balancer: Balancer | undefined;

/** Each server answers with its number. */
beforeEach(async () => {
  servers = [0, 1].map((number) =>
    createServer((socket) => {
      socket.on("error", () => {}).once("data", () => socket.write(`${number}`));
    }).listen(0, "127.0.0.1"),
  );
  await Promise.all(servers.map((server) => once(server, "listening")));
  ports = servers.map((server) => (server.address() as AddressInfo).port);
});

afterEach(async () => {
  await balancer?.close();
  for (const server of servers) server.close();
});

/** Connects and asks for a WebSocket; returns the number of the server that answers. */
async function serverOf({ url }: Balancer, path = "/ws"): Promise<string> {
  const client = connect(Number(new URL(url).port), "127.0.0.1");
  client.write(`GET ${path} HTTP/1.1\r\nUpgrade: websocket\r\n\r\n`);
  const [answer] = (await once(client, "data")) as [Buffer];
  return answer.toString();
}

describe("a balancer", () => {
  it("goes round in turn", async () => {
    balancer = await Balancer.start(ports);
    const first = await serverOf(balancer);
    const second = await serverOf(balancer);
    expect([first, second].toSorted()).toEqual(["0", "1"]);
    expect(await serverOf(balancer)).toBe(first);
    expect(Math.max(...balancer.sockets())).toBe(2);
  });

  it("picks the server with the fewest sockets", async () => {
    balancer = await Balancer.start(ports, "fewest-sockets");
    for (let n = 0; n < 4; n += 1) await serverOf(balancer);
    expect(balancer.sockets()).toEqual([2, 2]);
  });

  it("goes on to the next if a server refuses", async () => {
    balancer = await Balancer.start([await freePort(), ports[1] ?? 0]);
    expect([await serverOf(balancer), await serverOf(balancer)]).toEqual(["1", "1"]);
    expect(balancer.sockets()).toEqual([0, 2]);
  });

  it("brings a shard to one server, and moves only those of a server that is removed", async () => {
    const [first = 0, second = 0] = ports;
    const both = await Balancer.start([first, second], "by-shard");
    balancer = both;
    const shards = Array.from({ length: 16 }, (_, n) => `/ws?r=${n.toString(16).padStart(3, "0")}`);
    const serversOf = () => Promise.all(shards.map((path) => serverOf(both, path)));
    const before = await serversOf();
    expect(new Set(before)).toEqual(new Set(["0", "1"]));
    expect(await serversOf()).toEqual(before);
    both.remove(first);
    expect(new Set(await serversOf())).toEqual(new Set(["1"]));
    both.add(first);
    expect(await serversOf()).toEqual(before);
  });
});
