import { createHash } from "node:crypto";
import { once } from "node:events";
import { duplexPair, type Duplex } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { textFrame, textFrames } from "./text-frames.ts";

/** What a client that knows nothing of this server reads from these bytes. */
async function readByClient(bytes: Buffer, messages: number): Promise<string[]> {
  const [ours, theirs] = duplexPair();
  const client = new WebSocket("ws://pair/", { createConnection: () => theirs });
  const read: string[] = [];
  const done = new Promise<void>((resolve, reject) => {
    client.on("error", reject);
    client.on("message", (data: Buffer, isBinary) => {
      if (isBinary) reject(new Error("That was no text frame."));
      if (read.push(data.toString()) === messages) resolve();
    });
  });
  await shakeHands(ours);
  ours.write(bytes);
  await done;
  client.terminate();
  return read;
}

async function shakeHands(stream: Duplex): Promise<void> {
  const [request] = (await once(stream, "data")) as [Buffer];
  const key = /Sec-WebSocket-Key: (\S+)/i.exec(request.toString())?.[1] ?? "";
  // RFC 6455, section 1.3.
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  stream.write(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      `Sec-WebSocket-Accept: ${accept.digest("base64")}\r\n\r\n`,
  );
}

describe("a text frame", () => {
  it.each([
    [0, 2],
    [1, 2],
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
    [1_000_000, 10],
  ])("of %i bytes has a header of %i", async (bytes, headerBytes) => {
    const text = "x".repeat(bytes);
    const frame = textFrame(text);
    expect(frame.length).toBe(headerBytes + bytes);
    expect(await readByClient(frame, 1)).toEqual([text]);
  });

  it("counts bytes, not characters", async () => {
    const text = "€".repeat(42);
    expect(textFrame(text).length).toBe(4 + 126);
    expect(await readByClient(textFrame(text), 1)).toEqual([text]);
  });

  it("is read as it was written, and those after it too", async () => {
    const texts = fc.array(fc.string({ unit: "binary", maxLength: 300 }), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(texts, async (texts) => {
        const bytes = textFrames(texts);
        expect(await readByClient(bytes, texts.length)).toEqual(texts);
      }),
      { numRuns: 30 },
    );
  });

  it("holds valid UTF-8, even for text that is not well-formed", async () => {
    expect(await readByClient(textFrame("half \ud83d here"), 1)).toEqual(["half \ufffd here"]);
  });
});
