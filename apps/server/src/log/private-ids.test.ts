import { canonicalRoomId, isEntryId } from "@parley/protocol";
import { expect, it } from "vitest";
import { publicId } from "../identity.ts";
import { bellId, bellOf, bellsRungIn, conversationId, isConversation } from "./private-ids.ts";

const ann = publicId("A".repeat(22), "7k3-f9qd-2xm");
const bob = publicId("B".repeat(22), "7k3-f9qd-2xm");
const talk = conversationId("7k3-f9qd-2xm", ann, bob);
const bell = bellId("7k3-f9qd-2xm", bob);

it("gives two members one conversation, in either order", () => {
  expect(conversationId("7k3-f9qd-2xm", bob, ann)).toBe(talk);
  expect(isConversation(talk)).toBe(true);
  expect(isConversation(bell)).toBe(false);
  expect(isConversation("7k3-f9qd-2xm")).toBe(false);
});

it("knows whose bells a message rings", () => {
  const own = bellId("7k3-f9qd-2xm", ann);
  expect(bellsRungIn(talk, ann)).toEqual({ own, other: bell, to: bob });
  expect(bellsRungIn(talk, bob)).toEqual({ own: bell, other: own, to: ann });
  expect(bellsRungIn("7k3-f9qd-2xm", ann)).toBeUndefined();
  expect(bellsRungIn(bell, ann)).toBeUndefined();
});

it("knows a bell from other logs", () => {
  expect(bellOf(bell)).toEqual({ roomId: "7k3-f9qd-2xm", memberId: bob });
  expect(bellOf(talk)).toBeUndefined();
  expect(bellOf("7k3-f9qd-2xm")).toBeUndefined();
});

it("[W2] gives ids that no room and no member can have", () => {
  for (const id of [talk, bell]) {
    expect(canonicalRoomId(id)).toBeUndefined();
    expect(isEntryId(id)).toBe(false);
  }
});
