import { expect } from "@playwright/test";
import { once } from "node:events";
import { WebSocket } from "ws";

/** A frame as a stranger's script sees it. */
interface PlainFrame {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A WebSocket client that knows no more than the three fixed frames. */
export interface PlainClient {
  readonly send: (type: string, payload: object) => void;
  /** Waits for the next frame of a type; those of other types are passed over. */
  readonly hears: (type: string) => Promise<PlainFrame>;
  /** Every frame so far. */
  readonly frames: readonly PlainFrame[];
  readonly close: () => void;
}

/** How long a frame may take, in ms. */
const HEARS_MS = 60_000;

/** Connects to a server, at `/` or any other path. */
export async function plainClient(url: string): Promise<PlainClient> {
  const socket = new WebSocket(url);
  const frames: PlainFrame[] = [];
  let read = 0;
  let arrived = Promise.withResolvers<void>();
  socket.on("message", (data: Buffer) => {
    frames.push(JSON.parse(data.toString("utf8")) as PlainFrame);
    arrived.resolve();
    arrived = Promise.withResolvers();
  });
  await once(socket, "open");

  const next = async (type: string): Promise<PlainFrame> => {
    for (;;) {
      const frame = frames[read];
      if (!frame) await arrived.promise;
      else {
        read += 1;
        if (frame.type === type) return frame;
      }
    }
  };
  return {
    frames,
    send: (type, payload) => {
      socket.send(JSON.stringify({ type, payload }));
    },
    hears: (type) => Promise.race([next(type), tooLate(type)]),
    close: () => {
      socket.close(1000);
    },
  };
}

/** Connects and joins a room; "joined" has been heard when this resolves. */
export async function plainMember(url: string, roomId: string, name: string): Promise<PlainClient> {
  const client = await plainClient(url);
  client.send("join", { roomId, name });
  await client.hears("joined");
  return client;
}

/** Ben, who has said so many lines before anybody else comes: "Line 1", "Line 2" and so on. */
export async function talkative(url: string, roomId: string, lines: number): Promise<PlainClient> {
  const ben = await plainMember(url, roomId, "Ben");
  for (let line = 1; line <= lines; line += 1) ben.send("chat", { message: `Line ${line}` });
  const echoes = () => ben.frames.filter(({ type }) => type === "chat").length;
  await expect.poll(echoes).toBe(lines);
  return ben;
}

function tooLate(type: string): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  setTimeout(() => {
    reject(new Error(`No "${type}" within ${HEARS_MS} ms`));
  }, HEARS_MS).unref();
  return promise;
}
