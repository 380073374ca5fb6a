import type { DownFrame, InnerUp, UpFrame } from "@parley/protocol";
import { expect, it } from "vitest";
import { fakeClock, settled } from "../testing/fake-clock.ts";
import { FakeSocket } from "../testing/fake-socket.ts";
import recorded from "../testing/recordings/server-1.4.json" with { type: "json" };
import { wrapped } from "./inner-frames.ts";
import { createPrivateRoomClient } from "./private-room-client.ts";

/**
 * What a server of protocol 1.4, which has no private messages, answered to a join with a bell, to
 * every frame of a conversation and then to a message. It is never recorded again.
 */
const talk = recorded as unknown as readonly {
  readonly from: "ada" | "ben";
  readonly up: UpFrame;
  readonly down: Readonly<Record<"ada" | "ben", readonly DownFrame[]>>;
}[];

const BEN = "tgoYnzNBcqCzg86j";
/** One of each type that a conversation had when this was recorded. */
const inner = {
  join: { since: { epoch: "e", seq: 3, id: "m3" } },
  leave: {},
  chat: { message: "psst", id: "m1" },
  edit: { target: "m1", message: "pst", id: "m2" },
  delete: { target: "m1", id: "m3" },
  react: { target: "m1", emoji: "👍", on: true, id: "m4" },
  typing: { on: true },
  history: { before: 7, limit: 50, ref: "h" },
} as const satisfies { readonly [T in InnerUp["type"]]?: Extract<InnerUp, { type: T }>["payload"] };

it("[W3] a 1.4 server refuses every frame of a conversation, and tells nobody", () => {
  const sent = Object.entries(inner).map(([type, payload]) => {
    const frame = { type, payload } as InnerUp;
    return JSON.parse(wrapped({ memberId: BEN, via: "m0" }, frame)) as UpFrame;
  });
  const answered = talk.filter(({ up }) => up.type === "private");
  expect(answered.map(({ up }) => up)).toEqual(sent);
  for (const { down } of answered) {
    expect(down.ada).toMatchObject([{ type: "error", payload: { code: "unknown_type" } }]);
    expect(down.ben).toEqual([]);
  }
  const [all] = talk.at(-1)?.down.ben ?? [];
  expect(all).toMatchObject({ type: "chat", payload: { message: "for all", seq: 1 } });
});

it("[W3] a conversation is refused at a 1.4 server without a frame of it, and the room works", async () => {
  const socket = new FakeSocket();
  const client = createPrivateRoomClient({
    url: "ws://test/ws",
    roomId: "lobby",
    clock: fakeClock(),
    wakeUps: () => () => undefined,
    openTransport: () => socket,
  });
  socket.open();
  expect(socket.readAll("join")).toMatchObject([{ bell: {} }]);
  const [joined] = talk[0]?.down.ada ?? [];
  if (joined?.type !== "joined") throw new Error("the recording begins with a join");
  socket.say({ type: "joined", payload: { ...joined.payload, ref: "join" } });
  const conversation = client.with(BEN);
  const statuses: string[] = [];
  conversation.subscribe((event) => {
    if (event.type === "status") statuses.push(event.status.is);
  });
  conversation.say("psst");
  client.say("for all");
  await settled();
  await settled();
  expect(statuses.at(-1)).toBe("refused");
  expect(socket.read()).toMatchObject([{ type: "chat", payload: { message: "for all" } }]);
});
