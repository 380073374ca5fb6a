import { upPayloads, type DownFrame, type UpType } from "@parley/protocol";
import fc from "fast-check";
import { expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { HeldLog } from "../../test/held-log.ts";
import { LosingLog } from "../../test/losing-log.ts";
import { settled } from "@parley/testkit/settled";
import { World, type Visitor } from "../../test/world.ts";

/** What each of these frames is told by itself, such as `pong r1`. */
async function answers(visitor: Visitor, ...frames: [UpType, object][]): Promise<string[]> {
  for (const [type, payload] of frames) {
    visitor.session.receive(JSON.stringify({ type, payload }));
    await settled();
  }
  return visitor.connection.read().map(nameOf);
}

function nameOf({ type, payload }: DownFrame): string {
  const what = type === "error" ? payload.code : type;
  return "ref" in payload ? `${what} ${payload.ref}` : what;
}

it("repeats the ref of what it answers", async () => {
  const ann = new World().visit();
  expect(
    await answers(
      ann,
      ["history", { ref: "r1" }],
      ["join", { roomId: "lobby", ref: "r2" }],
      ["ping", { ref: "r3" }],
      ["history", { ref: "r4" }],
      ["ping", {}],
      ["history", {}],
    ),
  ).toEqual(["not_joined r1", "joined r2", "pong r3", "history r4", "pong", "history"]);
});

it("names what it refuses by its ref, and without one by its id", async () => {
  const world = new World();
  const ann = await world.join("lobby", "Ann");
  const away = { target: "nowhere", id: "i1" };
  expect(
    await answers(
      ann,
      ["delete", { ...away, ref: "r1" }],
      ["delete", away],
      ["chat", { message: "", id: "i1", ref: "r2" }],
      ["chat", { message: "", id: "i1" }],
      ["typing", { ref: "r3" }],
      ["rename", { name: "", ref: "r4" }],
    ),
  ).toEqual([
    "unknown_target r1",
    "unknown_target i1",
    "message_empty r2",
    "message_empty i1",
    "bad_payload r3",
    "bad_name r4",
  ]);
  world.closing = true;
  expect(await answers(ann, ["chat", { message: "hi", ref: "r5" }])).toEqual(["restarting r5"]);
});

it("[D2] [D3] repeats the ref to the sender of a repeated id; an echo goes to everybody and has none", async () => {
  const world = new World();
  const ann = await world.join("lobby", "Ann");
  const ben = await world.join("lobby", "Ben");
  ann.connection.read();
  const said = { message: "hi", id: "i1" };
  expect(
    await answers(
      ann,
      ["chat", { ...said, ref: "r1" }],
      ["chat", { ...said, ref: "r2" }],
      ["chat", { ...said, message: "ho", ref: "r3" }],
    ),
  ).toEqual(["chat", "chat", "id_conflict r3"]);
  const sent: string[] = [];
  ann.connection.send = (frames) =>
    void sent.push(typeof frames === "string" ? frames : frames.texts.join());
  ann.send("chat", { ...said, ref: "r4" });
  await settled();
  expect(sent.join()).toContain('"ref":"r4"');
  expect(ben.connection.read()).toHaveLength(1);
});

it("[R5] says no ref with a joined that nobody asked for", async () => {
  const log = new LosingLog();
  const world = new World(log);
  const ann = world.visit();
  expect(await answers(ann, ["join", { roomId: "lobby", ref: "r1" }])).toEqual(["joined r1"]);
  log.lose();
  await settled();
  expect(ann.connection.read().map(nameOf)).toEqual(["joined"]);
});

it("names what the log could not answer, and what was too fast", async () => {
  const log = new HeldLog(new MemoryLog());
  const world = new World(log);
  const ann = await world.join("lobby", "Ann");
  ann.connection.read();
  log.hold("read");
  ann.send("history", { ref: "r1" });
  await settled();
  log.fail("read");
  await settled();
  log.letThrough("read");
  log.hold("append");
  ann.send("chat", { message: "hi", ref: "r2" });
  await settled();
  log.fail("append");
  await settled();
  expect(ann.connection.read().map(nameOf)).toEqual(["unavailable r1", "unavailable r2"]);
  for (let n = 0; n < 100; n += 1) ann.send("typing", { on: true, ref: `t${n}` });
  await settled();
  expect(ann.connection.read().map(nameOf).at(-1)).toBe("rate_limited t99");
});

const REF = "the-ref";
/** Frames that are right, nearly right or wrong, each with a ref. */
const frame = fc.record({
  type: fc.constantFrom(...Object.keys(upPayloads), "shout"),
  payload: fc
    .dictionary(
      fc.constantFrom(
        "roomId",
        "name",
        "message",
        "id",
        "target",
        "emoji",
        "on",
        "before",
        "after",
      ),
      fc.oneof(fc.constantFrom<unknown>("lobby", "i1", "👍", 1, true), fc.jsonValue()),
    )
    .map((payload) => ({ ...payload, ref: REF })),
});

it("names the request in every answer that goes to one connection", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 10 }), async (frames) => {
      const world = new World();
      const ann = await world.join("lobby", "Ann");
      const ben = await world.join("lobby", "Ben");
      ann.connection.read();
      ben.connection.read();
      for (const each of frames) {
        ann.session.receive(JSON.stringify(each));
        await settled();
      }
      const own = ann.connection.read();
      for (const { type, payload } of own) {
        if (!["joined", "history", "pong", "error"].includes(type)) continue;
        expect(payload).toMatchObject({ ref: REF });
      }
      expect(ben.connection.read().filter(({ payload }) => "ref" in payload)).toEqual([]);
      expect(world.failures).toEqual([]);
    }),
  );
});
