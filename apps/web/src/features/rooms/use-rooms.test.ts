import { expect, it } from "vitest";
import { inSteadyOrder } from "./use-rooms.ts";

const order = (...ids: string[]) =>
  inSteadyOrder(ids.map((roomId) => ({ roomId }))).map(({ roomId }) => roomId);

it("keeps rooms in their places, and puts a new one first", () => {
  expect(order("lake", "sea")).toEqual(["lake", "sea"]);
  expect(order("sea", "lake")).toEqual(["lake", "sea"]);
  expect(order("hill", "sea", "lake")).toEqual(["hill", "lake", "sea"]);
  expect(order("sea", "hill")).toEqual(["hill", "sea"]);
});
