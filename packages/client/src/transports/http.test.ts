import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chat, joinedWith } from "../testing/entries.ts";
import { collectUncaught } from "../testing/uncaught.ts";
import { openHttp } from "./http.ts";

let uncaught: readonly unknown[] = [];
beforeEach(() => {
  uncaught = collectUncaught();
});
afterEach(() => vi.unstubAllGlobals());

/** A stream in a room, whose server sends these lines and keeps the response open. */
function follow(lines: readonly string[], received: (text: string) => void) {
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => stream.enqueue(new TextEncoder().encode(`${lines.join("\n")}\n`)),
  });
  const closed = vi.fn();
  vi.stubGlobal("fetch", async () => new Response(body));
  const transport = openHttp("ws://127.0.0.1:1/ws", "stream");
  transport.listen({
    opened: () => transport.send('{"type":"join","payload":{"roomId":"lobby"}}'),
    received,
    closed,
  });
  return { transport, closed };
}

const joined = JSON.stringify({ type: "joined", payload: joinedWith() });

describe("frames over HTTP", () => {
  it("arrive after one that the client failed to handle, and the failure is reported", async () => {
    const handled: string[] = [];
    const failure = new Error("A bug.");
    const { transport, closed } = follow(
      [joined, JSON.stringify(chat(1)), JSON.stringify(chat(2))].map((text) => `data: ${text}`),
      (text) => {
        handled.push(text);
        if (text.includes("entry-1")) throw failure;
      },
    );
    await until(() => expect(handled.at(-1)).toContain("entry-2"));
    expect(uncaught).toEqual([failure]);
    expect(closed).not.toHaveBeenCalled();
    transport.close("left");
  });

  it("that are no frames of Parley are left to the client to judge", async () => {
    const handled: string[] = [];
    const { transport } = follow(
      [joined, '{"type":"joined"}', '{"type":"chat","payload":null}', "{nothing"].map(
        (text) => `data: ${text}`,
      ),
      (text) => handled.push(text),
    );
    await until(() => expect(handled).toHaveLength(4));
    expect(uncaught).toEqual([]);
    transport.close("left");
  });
});
