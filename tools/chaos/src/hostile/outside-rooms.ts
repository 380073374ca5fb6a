import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { pause } from "@parley/testkit/waiting";
import { oneOf, whole } from "../chance.ts";
import { again, type Attacker } from "./attacker.ts";
import { PROXY_HEADER } from "./hostile-socket.ts";

/** The longest that a broken socket is held open, in ms. */
const HELD_MS = 500;
/** A masked text frame that announces 16 KiB and has three bytes of them. */
const UNFINISHED = Buffer.from([0x81, 0xfe, 0x40, 0x00, 1, 2, 3, 4, 5, 6, 7]);
/** A frame with every reserved bit set. */
const GARBAGE = Buffer.alloc(512, 0xff);

const UPGRADE = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "cGFybGV5LXBhcmxleS1wYQ==",
};

type Way = (attacker: Attacker, socket: Socket, downloads: readonly string[]) => Promise<void>;

const ways: readonly Way[] = [
  async (attacker, socket) => {
    socket.write(request(attacker, "/", {}).slice(0, -2));
    await held(attacker);
  },
  async (attacker, socket) => {
    socket.write(request(attacker, "/ws", { ...UPGRADE, "Sec-WebSocket-Version": "99" }));
    await held(attacker);
  },
  async (attacker, socket) => {
    socket.write(request(attacker, "/ws", UPGRADE));
    socket.write(GARBAGE);
    await held(attacker);
  },
  async (attacker, socket) => {
    socket.write(request(attacker, "/ws", UPGRADE));
    socket.write(UNFINISHED);
    await held(attacker);
  },
  async (attacker, socket) => {
    socket.end(request(attacker, "/ws", UPGRADE));
    await held(attacker);
  },
  async (attacker, socket, downloads) => {
    socket.write(request(attacker, oneOf(attacker.chance, downloads) ?? "/", {}));
    await once(socket, "data");
  },
];

/**
 * Breaks sockets in every way, and breaks off downloads at their first bytes.
 * @param downloads paths of downloads
 */
export function breaks(attacker: Attacker, downloads: readonly string[]): Promise<void> {
  return again(attacker, async () => {
    const socket = connect({ port: attacker.port, host: "127.0.0.1", allowHalfOpen: true });
    socket.on("error", () => {});
    try {
      await once(socket, "connect");
      await oneOf(attacker.chance, ways)?.(attacker, socket, downloads);
      attacker.harm.broken += 1;
    } finally {
      socket.resetAndDestroy();
    }
  });
}

/** The paths of downloads on a server: those of the web app, if it has one. */
export async function downloadsOf(port: number): Promise<string[]> {
  const page = await fetch(`http://127.0.0.1:${port}/`);
  const text = await page.text();
  const files = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = "/"]) => path);
  return ["/", "/about.json", "/metrics", ...files];
}

function request(
  { address }: Attacker,
  path: string,
  headers: Readonly<Record<string, string>>,
): string {
  const lines = Object.entries({ Host: "127.0.0.1", [PROXY_HEADER]: address, ...headers });
  const told = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return `GET ${path} HTTP/1.1\r\n${told}\r\n`;
}

function held({ chance }: Attacker): Promise<void> {
  return pause(whole(chance, 0, HELD_MS));
}
