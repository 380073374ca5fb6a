import { upPayloads } from "@parley/protocol";
import fc from "fast-check";
import { until } from "@parley/testkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bystanders } from "./bystanders.ts";
import { rawFrame, RawSocket } from "./raw-socket.ts";
import { TestServer } from "./server.ts";

let server: TestServer;
let stopTalking: () => Promise<void>;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

// Two members write through every one of these tests, and lose nothing.
beforeEach(async () => {
  stopTalking = await bystanders(server);
});
afterEach(() => stopTalking());

/** Sends this after a handshake, or instead of one, and hangs up. */
async function send(parts: readonly Uint8Array[], shakesHands: boolean): Promise<void> {
  const raw = await (shakesHands ? RawSocket.open(server.port) : RawSocket.connect(server.port));
  for (const part of parts) raw.write(Buffer.from(part));
  raw.socket.end();
  await raw.closed;
}

const bytes = fc.uint8Array({ maxLength: 2_000 });

/** Frames whose heads are right or nearly so, around anything. */
const frame = fc
  .record({
    opcode: fc.oneof(fc.constantFrom(0, 1, 2, 8, 9, 10), fc.nat(15)),
    payload: fc.uint8Array({ maxLength: 300 }),
    more: fc.boolean(),
    reserved: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat(7)),
    unmasked: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.boolean()),
  })
  .map(({ payload, ...rest }) => rawFrame({ ...rest, payload: Buffer.from(payload) }));

/** Text frames that a client could mean: JSON around the types and fields that there are. */
const jsonFrame = fc
  .record({
    type: fc.constantFrom(...Object.keys(upPayloads), "__proto__"),
    payload: fc.dictionary(
      fc.constantFrom(
        "roomId",
        "name",
        "token",
        "since",
        "message",
        "id",
        "ref",
        "target",
        "before",
        "on",
      ),
      fc.oneof(fc.constantFrom<unknown>("1", "room-1", 0, -1, 1e300, true, null), fc.jsonValue()),
    ),
  })
  .map((frame) => rawFrame({ opcode: 1, payload: JSON.stringify(frame) }));

describe("random input over the wire", () => {
  it.each<[string, fc.Arbitrary<Uint8Array>, boolean]>([
    ["bytes after a handshake", bytes, true],
    ["bytes instead of a handshake", bytes, false],
    ["frames", frame, true],
    ["what may be meant as frames", jsonFrame, true],
  ])("%s: the server lives, and others talk on", async (_what, part, shakesHands) => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 20 }), (parts) =>
        send(parts, shakesHands),
      ),
      { numRuns: 100 },
    );
    await until(async () => expect(await server.metric("parley_connections")).toBe(2));
  });
});
