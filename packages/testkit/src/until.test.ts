import { expect, it } from "vitest";
import { until } from "./until.ts";

it("returns the result of the first check that succeeds", async () => {
  let looks = 0;
  const look = async () => {
    looks += 1;
    expect(looks).toBe(3);
    return "seen";
  };
  expect(await until(look, { everyMs: 1 })).toBe("seen");
  expect(looks).toBe(3);
});

it("says what does not hold, and how long it waited", async () => {
  const look = () => expect([1, 2]).toEqual([1, 2, 3]);
  await expect(until(look, { withinMs: 20, everyMs: 1 })).rejects.toThrow(
    "Not within 20 ms: expected [ 1, 2 ] to deeply equal [ 1, 2, 3 ]",
  );
});

it("says so, too, if a check never ends", async () => {
  const look = () => new Promise(() => {});
  await expect(until(look, { withinMs: 20 })).rejects.toThrow("Not within 20 ms: Timed out");
});
