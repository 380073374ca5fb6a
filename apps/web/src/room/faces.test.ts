import { describe, expect, it } from "vitest";
import { allotFaces, faceOf, HUES, type Faces } from "./faces.ts";

const none: Faces = new Map();
const members = (count: number, of = "member") =>
  Array.from({ length: count }, (_, i) => ({ id: `${of}-${i}`, name: `${i}` }));
const huesOf = (faces: Faces) => [...faces.values()].map((face) => face % HUES);

describe("the looks of a room's members", () => {
  it.each(Array.from({ length: 20 }, (_, i) => `room${i}`))(
    "do not clash among the first 12 members, met one by one: %s",
    (room) => {
      const met = members(HUES, room);
      let faces = none;
      for (const [at, member] of met.entries()) {
        faces = allotFaces(faces, [member], met.slice(0, at + 1));
      }
      expect(new Set(huesOf(faces)).size).toBe(HUES);
    },
  );

  it.each(Array.from({ length: 20 }, (_, i) => `room${i}`))(
    "have no neighbouring hues among the first 6 members, met one by one: %s",
    (room) => {
      let faces = none;
      for (const member of members(6, room)) faces = allotFaces(faces, [member], []);
      const hues = huesOf(faces);
      for (const hue of hues) expect(hues).not.toContain((hue + 1) % HUES);
    },
  );

  it("stay, in the order of the first appearance", () => {
    const before = allotFaces(none, members(5), []);
    const after = allotFaces(before, members(30), []);
    for (const [id, face] of before) expect(after.get(id)).toBe(face);
    expect(allotFaces(after, members(30), [])).toBe(after);
  });

  it("of present members do not clash while fewer than 12 are present, also after others left", () => {
    const left = allotFaces(none, members(40, "left"), []);
    const here = members(HUES, "here");
    const faces = allotFaces(left, here, here);
    const hues = here.map(({ id }) => faceOf(faces, id) % HUES);
    expect(new Set(hues).size).toBe(HUES);
  });

  it("are all different, beyond the number of hues too", () => {
    const many = members(60);
    expect(new Set(allotFaces(none, many, many).values()).size).toBe(60);
  });

  it("are the ones that ids prefer where that is possible", () => {
    const [member] = members(1, "alone");
    if (!member) throw new Error("There is one.");
    expect(allotFaces(none, [member], []).get(member.id)).toBe(faceOf(none, member.id));
  });
});
