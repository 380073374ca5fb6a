import { expect, it } from "vitest";
import { Metrics } from "./metrics.ts";

it("reads what is dear at most once a second, and what is Parley's each time", async () => {
  let now = 0;
  let rooms = 1;
  const metrics = new Metrics(
    {
      rooms: () => rooms,
      members: () => 0,
      size: () => undefined,
      trouble: () => undefined,
      unread: () => 0,
      fileBytes: () => 0,
      damagedEntries: () => 0,
    },
    () => now,
  );
  const cpu = async () =>
    /^process_cpu_seconds_total (.*)$/m.exec(await metrics.text())?.[1] ?? "nothing";
  const first = await cpu();
  for (const until = performance.now() + 20; performance.now() < until;) rooms = 2;
  now = 999;
  expect(await cpu()).toBe(first);
  expect(await metrics.text()).toContain("parley_rooms 2");
  now = 1_000;
  expect(await cpu()).not.toBe(first);
});
