import { Duplex } from "node:stream";
import { FRAME_BYTES_MAX } from "@parley/protocol";
import { expect, it } from "vitest";
import { limitInputAtEnd, READ_AT_END_BYTES_MAX } from "./input-at-end.ts";

/** What is left to read when a paused socket, to which these chunks came, has broken. */
async function leftAtEnd(chunks: readonly number[]): Promise<number> {
  const socket = new Duplex({ read: () => {}, write: () => {} });
  const left = new Promise<number>((resolve) => {
    socket.on("close", () => resolve(socket.readableLength));
  });
  limitInputAtEnd(socket);
  for (const bytes of chunks) socket.push(Buffer.alloc(bytes));
  socket.destroy();
  return left;
}

it("keeps a frame of any size for ws to read", async () => {
  expect(await leftAtEnd([FRAME_BYTES_MAX, FRAME_BYTES_MAX])).toBe(READ_AT_END_BYTES_MAX);
});

it("drops more than that", async () => {
  expect(await leftAtEnd([READ_AT_END_BYTES_MAX, 1])).toBe(0);
  expect(await leftAtEnd([64 * 1024, 7, 64 * 1024])).toBe(0);
});
