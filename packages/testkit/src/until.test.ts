import { expect, it } from "vitest";
import { until } from "./until.ts";

it("gives what the first look gives that succeeds", async () => {
  let looks = 0;
  const look = async () => {
    looks += 1;
    expect(looks).toBe(3);
    return "seen";
  };
  expect(await until(look, { everyMs: 1 })).toBe("seen");
  expect(looks).toBe(3);
});

it("says what is not so, and how long it waited", async () => {
  const look = () => expect([1, 2]).toEqual([1, 2, 3]);
  await expect(until(look, { withinMs: 20, everyMs: 1 })).rejects.toThrow(
    "Not within 20 ms: expected [ 1, 2 ] to deeply equal [ 1, 2, 3 ]",
  );
});

it("says so, too, of a look that never ends", async () => {
  const look = () => new Promise(() => {});
  await expect(until(look, { withinMs: 20 })).rejects.toThrow("Not within 20 ms: Timed out");
});
