import { expect, it } from "vitest";
import { ada, ben } from "../../room/entries-for-tests.ts";
import { reactors } from "./reactions.tsx";

const cleo = { id: "cleo-id", name: "Cleo" };
const none = new Map<string, string>();

it("names everybody, oneself first", () => {
  expect(reactors([ben], ada.id, none)).toBe("Ben");
  expect(reactors([ben, ada], ada.id, none)).toBe("You and Ben");
  expect(reactors([ben, cleo, ada], ada.id, none)).toBe("You, Ben and Cleo");
});

it("uses a member's present name", () => {
  expect(reactors([ben], ada.id, new Map([[ben.id, "Benedict"]]))).toBe("Benedict");
});

it("counts those beyond a handful", () => {
  const many = Array.from({ length: 12 }, (_, i) => ({ id: `p${i}`, name: `P${i}` }));
  expect(reactors(many, ada.id, none)).toBe("P0, P1, P2, P3, P4, P5, P6 and 5 others");
});
