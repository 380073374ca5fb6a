import type { DownFrame, DownPayload } from "@parley/protocol";
import { until } from "@parley/testkit";
import { PlainClient } from "@parley/testkit/plain-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { TestServer } from "./server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.close());

type Joined = DownPayload<"joined">;

const ask = (wait: number, payload: object = {}) =>
  fetch(`${server.url}/api/rooms/123/stream?wait=${wait}`, {
    method: "POST",
    body: JSON.stringify({ type: "join", payload: { name: "Poll", ...payload } }),
    ...bearer(TOKEN),
  });

/** The frames of an answer, once it has ended. */
async function framesOf(response: Response): Promise<DownFrame[]> {
  const lines = (await response.text()).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as DownFrame);
}

const poll = async (wait: number, payload: object = {}) => framesOf(await ask(wait, payload));

async function join(): Promise<Joined> {
  const [frame] = await poll(0);
  if (frame?.type !== "joined") throw new Error("The room was not joined.");
  return frame.payload;
}

const say = (message: string) =>
  answer(fetch(`${server.url}/api/rooms/123/messages`, { method: "POST", body: message }));

const leave = () =>
  fetch(`${server.url}/api/rooms/123/frames`, {
    method: "POST",
    body: JSON.stringify({ frames: [{ type: "leave" }] }),
    ...bearer(TOKEN),
  });

describe("a poll of a stream", () => {
  it("[H2] is answered at once if something is new, and has all of it", async () => {
    const { epoch } = await join();
    await say("one");
    await say("two");
    const [joined, ...others] = await poll(25, { since: { epoch, seq: 0 } });
    expect(joined).toMatchObject({
      type: "joined",
      payload: { recovered: true, missed: 2, entries: [{ payload: { seq: 1 } }, { payload: {} }] },
    });
    expect(others).toEqual([]);
  });

  it("waits for what is not there yet, and for what people do", async () => {
    const ada = await PlainClient.connect(server.socketUrl);
    await ada.join("123", { name: "Ada" });
    const { epoch } = await join();
    const since = { epoch, seq: 0 };
    await ada.next("entered");

    const said = await ask(25, { since });
    ada.say("hello");
    expect(await framesOf(said)).toMatchObject([
      { type: "joined", payload: { missed: 0 } },
      { type: "chat", payload: { message: "hello", seq: 1 } },
    ]);

    const { id } = await ada.next("chat");
    const typed = await ask(25, { since: { epoch, seq: 1, id } });
    ada.send("typing", { on: true });
    expect(await framesOf(typed)).toMatchObject([
      { type: "joined" },
      { type: "typing", payload: { member: { name: "Ada" }, on: true } },
    ]);
  });

  it("ends after its wait", async () => {
    const { epoch } = await join();
    const response = await ask(25, { since: { epoch, seq: 0 } });
    server.pass(26_000);
    expect(await response.text()).toMatch(/^\{"type":"joined".*\}\n$/);
  });

  it("[R5] says at once that the log is another one", async () => {
    const [joined] = await poll(25, { since: { epoch: "another", seq: 0 } });
    expect(joined).toMatchObject({ payload: { recovered: false } });
  });

  it("[P1] makes no noise between one and the next", async () => {
    const ada = await PlainClient.connect(server.socketUrl);
    await ada.join("123", { name: "Ada" });
    await join();
    await join();
    const { epoch } = await join();
    await say("end");
    await poll(25, { since: { epoch, seq: 0 } });
    expect(await ada.next("entered")).toMatchObject({ member: { name: "Poll" } });
    await ada.next("chat");
    await leave();
    expect(await ada.next("left")).toMatchObject({ member: { name: "Poll" }, count: 1 });
  });

  it("[P4] leaves at once by a frame, and nobody leaves who is not there", async () => {
    const ada = await PlainClient.connect(server.socketUrl);
    await ada.join("123", { name: "Ada" });
    await leave();
    await join();
    await ada.next("entered");
    await leave();
    expect(await ada.next("left")).toMatchObject({ count: 1 });
  });

  it("[P4] leaves soon after its stream has ended, if the frame was faster", async () => {
    const ada = await PlainClient.connect(server.socketUrl);
    await ada.join("123", { name: "Ada" });
    const { epoch } = await join();
    await ada.next("entered");
    const open = await ask(25, { since: { epoch, seq: 0 } });
    await leave();
    ada.say("news, with which the poll ends");
    await framesOf(open);
    await ada.next("chat");
    let left: object | undefined;
    void ada.next("left").then((payload) => (left = payload));
    let passed = 0;
    await until(() => {
      server.pass(100);
      passed += 100;
      expect(left).toMatchObject({ count: 1 });
    });
    expect(passed).toBeLessThan(10_000);
  });

  it("refuses what a stream refuses", async () => {
    expect(await refusalOf(ask(26))).toBe("400 bad_parameter");
    expect(await refusalOf(ask(0, { name: "" }))).toBe("400 bad_name");
  });

  it("ends when the server goes down", async () => {
    const { epoch } = await join();
    const response = await ask(25, { since: { epoch, seq: 0 } });
    await server.close();
    expect(await response.text()).toMatch(/"joined"/);
    server = await TestServer.start();
  });
});

it("takes one frame of the largest size", async () => {
  const frame = { type: "ping", payload: { ref: "x", filler: "" } };
  const filler = "a".repeat(16 * 1024 - JSON.stringify(frame).length);
  const body = JSON.stringify({ frames: [{ type: "ping", payload: { ref: "x", filler } }] });
  const asked = fetch(`${server.url}/api/rooms/123/frames`, { method: "POST", body });
  expect(await answer(asked)).toMatchObject({ status: 200, body: { frames: [{ type: "pong" }] } });
});
