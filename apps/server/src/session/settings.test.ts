import type { DownFrame, SetFrame } from "@parley/protocol";
import { settled } from "@parley/testkit/settled";
import { expect, it } from "vitest";
import { World, type Visitor } from "../../test/world.ts";

/** What a member is told once they have set something. */
async function set(visitor: Visitor, payload: object): Promise<readonly DownFrame[]> {
  visitor.session.receive(JSON.stringify({ type: "set", payload }));
  await settled();
  return visitor.connection.read();
}

async function settingsToldTo(world: World): Promise<readonly SetFrame[] | undefined> {
  const visitor = world.visit();
  visitor.session.receive(JSON.stringify({ type: "join", payload: { roomId: "lobby" } }));
  await settled();
  const joined = visitor.connection.read().find(({ type }) => type === "joined");
  return joined?.type === "joined" ? joined.payload.settings : undefined;
}

it("[G1] tells everybody in the room of a setting, and every member who joins", async () => {
  const world = new World();
  const [ann, ben] = [await world.join("lobby", "Ann"), await world.join("lobby", "Ben")];
  ann.connection.read();
  ben.connection.read();
  expect(await settingsToldTo(world)).toEqual([]);
  ann.connection.read();
  const told = await set(ann, { key: "name", value: " Bees ", id: "n1" });
  const [entry] = told;
  expect(entry).toMatchObject({ type: "set", payload: { key: "name", value: "Bees", seq: 1 } });
  expect(ben.connection.read()).toContainEqual(entry);
  expect(await settingsToldTo(world)).toEqual([entry]);
});

it("refuses what is stale with the present entry, and repeats what is repeated", async () => {
  const ann = await new World().join("lobby", "Ann");
  ann.connection.read();
  const first = { key: "topic", value: "Honey", expect: 0, id: "t1" };
  const [entry] = await set(ann, first);
  expect(await set(ann, { ...first, id: "t2", ref: "r2" })).toMatchObject([
    { type: "error", payload: { code: "stale", ref: "r2", temporary: false, setting: entry } },
  ]);
  expect(await set(ann, first)).toEqual([entry]);
  expect(await set(ann, { ...first, value: "Wax" })).toMatchObject([
    { payload: { code: "id_conflict" } },
  ]);
  const unset = await set(ann, { key: "name", value: "Bees", expect: 7 });
  expect(unset).toMatchObject([{ payload: { code: "stale" } }]);
  expect(unset[0]).not.toHaveProperty("payload.setting");
});

it("[G3] refuses what is no setting, and a pin of nothing", async () => {
  const ann = await new World().join("lobby", "Ann");
  ann.connection.read();
  const codeOf = async (key: string, value: unknown) => {
    const [told] = await set(ann, { key, value });
    return told?.type === "error" ? told.payload.code : told?.type;
  };
  expect(await codeOf("door", "open")).toBe("bad_setting");
  expect(await codeOf("topic", "x".repeat(2_000))).toBe("setting_too_large");
  expect(await codeOf("pin:1", true)).toBe("unknown_target");
  expect(await codeOf("pin:1", null)).toBe("set");
});
