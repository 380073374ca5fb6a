import { refusal } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { ANNA, BEN } from "../../testing/entries.ts";
import { visit } from "../../testing/visit.ts";

const NEW_ANNA = { ...ANNA, name: "Anne" };

describe("members", () => {
  it("[P1] come and go, with the count that the server gives", async () => {
    const room = visit();
    await room.join({ count: 301 });
    room.told();
    room.socket.say({ type: "entered", payload: { member: BEN, count: 302 } });
    room.socket.say({ type: "left", payload: { member: BEN, count: 301 } });
    expect(room.told()).toEqual([
      { type: "people", self: ANNA, members: [ANNA, BEN], count: 302 },
      { type: "moved", how: "entered", member: BEN },
      { type: "people", self: ANNA, members: [ANNA], count: 301 },
      { type: "moved", how: "left", member: BEN },
    ]);
  });

  it("[P1] are listed once", async () => {
    const room = visit();
    await room.join({ members: [ANNA, BEN], count: 2 });
    room.socket.say({ type: "entered", payload: { member: BEN, count: 2 } });
    expect(room.toldOf("people").at(-1)?.members).toEqual([ANNA, BEN]);
  });

  it("[P1] do not announce one's own changes", async () => {
    const room = visit();
    await room.join();
    room.socket.say({ type: "entered", payload: { member: ANNA, count: 1 } });
    expect(room.toldOf("moved")).toEqual([]);
  });

  it("keep their place under a new name", async () => {
    const room = visit();
    await room.join({ members: [ANNA, BEN], count: 2 });
    room.told();
    room.socket.say({ type: "renamed", payload: { member: NEW_ANNA, count: 2 } });
    expect(room.told()).toEqual([
      { type: "people", self: NEW_ANNA, members: [NEW_ANNA, BEN], count: 2 },
      { type: "moved", how: "renamed", member: NEW_ANNA },
    ]);
    const benny = { ...BEN, name: "Benny" };
    room.socket.say({ type: "renamed", payload: { member: benny, count: 2 } });
    expect(room.toldOf("people")).toMatchObject([{ self: NEW_ANNA, members: [NEW_ANNA, benny] }]);
    room.socket.say({ type: "entered", payload: { member: BEN, count: 2 } });
    expect(room.toldOf("people")).toMatchObject([{ self: NEW_ANNA, members: [NEW_ANNA, BEN] }]);
  });
});

describe("one's own name", () => {
  it("is requested, and kept for the next join", async () => {
    const room = visit();
    await room.join();
    room.socket.read();
    room.client.rename("Anne");
    expect(room.socket.readAll("rename")).toEqual([{ name: "Anne" }]);
    room.socket.say({ type: "renamed", payload: { member: NEW_ANNA, count: 1 } });
    room.dropAndReturn();
    room.socket.open();
    expect(room.socket.readAll("join")[0]?.name).toBe("Anne");
  });

  it("is not requested if it is the present one", async () => {
    const room = visit();
    await room.join();
    room.socket.read();
    room.client.rename("Anna");
    expect(room.socket.read()).toEqual([]);
  });

  it("can be requested back while another request is in flight", async () => {
    const room = visit();
    await room.join();
    room.client.rename("Anne");
    room.client.rename("Anna");
    expect(room.socket.readAll("rename").map(({ name }) => name)).toEqual(["Anne", "Anna"]);
  });

  it("is still refused once an earlier one is confirmed", async () => {
    const room = visit();
    await room.join();
    room.socket.read();
    room.client.rename(" Anne ");
    room.client.rename("Annie");
    const [, ref = ""] = room.socket.readRefs("rename");
    room.socket.say({ type: "renamed", payload: { member: NEW_ANNA, count: 1 } });
    room.told();
    room.socket.say({ type: "error", payload: refusal("rate_limited", ref) });
    expect(room.toldOf("refused")).toMatchObject([{ refusal: { ref } }]);
  });

  it("is confirmed without the blanks around it", async () => {
    const room = visit();
    await room.join();
    room.client.rename(" Anne ");
    room.socket.say({ type: "renamed", payload: { member: NEW_ANNA, count: 1 } });
    room.socket.read();
    room.client.rename("Anne");
    expect(room.socket.read()).toEqual([]);
  });

  it("is requested by the next join when not connected", async () => {
    const room = visit();
    await room.join();
    room.dropAndReturn();
    room.client.rename("Anne");
    room.socket.open();
    expect(room.socket.readAll("join")[0]?.name).toBe("Anne");
    await room.join({ self: NEW_ANNA, members: [NEW_ANNA], head: 0, recovered: true });
    expect(room.socket.readAll("rename")).toEqual([]);
  });

  it("is requested in the room if the join was sent with the old one", async () => {
    const room = visit();
    room.socket.open();
    expect(room.socket.readAll("join")[0]?.name).toBe("Anna");
    room.client.rename("Anne");
    await room.join();
    expect(room.socket.readAll("rename")).toEqual([{ name: "Anne" }]);
    const { token } = room.client;
    expect(token).toBeDefined();
    // Nothing confirmed it.
    room.dropAndReturn();
    room.socket.open();
    expect(room.socket.readAll("join")).toMatchObject([{ name: "Anne", token }]);
  });

  it("stays when another is refused, and the refusal is reported", async () => {
    const room = visit();
    await room.join();
    room.client.rename("?");
    room.told();
    const why = refusal("bad_name");
    room.socket.say({ type: "error", payload: why });
    expect(room.told()).toEqual([{ type: "refused", refusal: why }]);
    room.dropAndReturn();
    room.socket.open();
    expect(room.socket.readAll("join")[0]?.name).toBe("Anna");
  });

  it("is not affected when a typing frame is refused", async () => {
    const room = visit();
    await room.join();
    room.told();
    room.socket.say({ type: "error", payload: refusal("rate_limited") });
    expect(room.told()).toEqual([]);
  });
});
