import { encode, type InnerUp } from "@parley/protocol";
import { settled } from "@parley/testkit/settled";
import fc from "fast-check";
import { expect, it } from "vitest";
import { MemoryLog } from "../backends/memory/log.ts";
import { idOf, PrivateRoom, type JoinedMember } from "../../test/private-room.ts";

const someId = fc.constantFrom("m1", "m2", "m3");
const someText = fc.constantFrom("SECRET one", "SECRET two");
const someone = fc.constantFrom("ann", "bob");

/** Every frame that there is within a conversation. */
const inner: fc.Arbitrary<InnerUp> = fc.oneof(
  fc.record({ type: fc.constant("join"), payload: fc.constant({}) }),
  fc.record({ type: fc.constant("leave"), payload: fc.constant({}) }),
  fc.record({ type: fc.constant("chat"), payload: fc.record({ message: someText, id: someId }) }),
  fc.record({
    type: fc.constant("chat"),
    payload: fc.record({ message: someText, replyTo: someId }),
  }),
  fc.record({
    type: fc.constant("edit"),
    payload: fc.record({ target: someId, message: someText }),
  }),
  fc.record({ type: fc.constant("delete"), payload: fc.record({ target: someId }) }),
  fc.record({
    type: fc.constant("react"),
    payload: fc.record({ target: someId, emoji: fc.constantFrom("👍", "❤️"), on: fc.boolean() }),
  }),
  fc.record({ type: fc.constant("typing"), payload: fc.record({ on: fc.boolean() }) }),
  fc.record({ type: fc.constant("history"), payload: fc.record({ limit: fc.constant(5) }) }),
) as fc.Arbitrary<InnerUp>;

type Step =
  | { readonly is: "private"; readonly who: "ann" | "bob"; readonly frame: InnerUp }
  | { readonly is: "public"; readonly who: "ann" | "bob" | "cat"; readonly nth: number }
  | { readonly is: "typing" | "back" | "rename"; readonly who: "ann" | "bob" }
  | { readonly is: "time"; readonly ms: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ is: fc.constant("private" as const), who: someone, frame: inner }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        is: fc.constant("public" as const),
        who: fc.constantFrom("ann", "bob", "cat"),
        nth: fc.nat(5),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        is: fc.constantFrom("typing" as const, "back" as const, "rename" as const),
        who: someone,
      }),
    },
    { weight: 1, arbitrary: fc.record({ is: fc.constant("time" as const), ms: fc.nat(1_500) }) },
  ) as fc.Arbitrary<Step>,
  { maxLength: 25 },
);

/** What the third member is sent while the others do all this, and what is in the room's log then. */
async function seenByCat(schedule: readonly Step[], withPrivate: boolean) {
  const log = new MemoryLog();
  const room = await PrivateRoom.open(log, { LIMITS: "off" });
  const other = { ann: room.bob, bob: room.ann };
  const send = (who: JoinedMember, type: string, payload: object) =>
    who.session.receive(JSON.stringify({ type, payload }));
  for (const [index, step] of schedule.entries()) {
    if (step.is === "time") room.world.time.pass(step.ms);
    else if (step.is === "private") {
      const payload = { with: idOf(other[step.who]), frame: step.frame };
      if (withPrivate) send(room[step.who], "private", payload);
    } else if (step.is === "public") {
      send(room[step.who], "chat", { message: `public ${step.nth}`, id: `p${index}` });
    } else if (step.is === "rename") send(room[step.who], "rename", { name: `name ${index}` });
    else if (step.is === "typing") send(room[step.who], "typing", { on: true });
    else {
      send(room[step.who], "leave", {});
      send(room[step.who], "join", { roomId: "lobby", token: room[step.who].joined.token });
    }
    await settled();
  }
  room.world.time.pass(20_000);
  await settled();
  expect(room.world.failures).toEqual([]);
  // Epochs are random, and the same in all that is compared.
  const { epoch, ...page } = await log.read("lobby", { limit: 200 });
  expect(epoch).not.toBe("");
  return { bytes: room.cat.connection.read().map(encode), page };
}

it("[W2] a third member is sent the same bytes with and without what two say privately", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (schedule) => {
      const seen = await seenByCat(schedule, true);
      expect(JSON.stringify(seen)).not.toContain("SECRET");
      expect(seen).toEqual(await seenByCat(schedule, false));
    }),
    { numRuns: 60 },
  );
});
