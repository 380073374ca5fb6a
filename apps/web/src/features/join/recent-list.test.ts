import { describe, expect, it } from "vitest";
import { agoTitle } from "./recent-list.tsx";

describe("the time since a room was open", () => {
  const now = new Date(2026, 10, 20, 18).getTime();
  const ago = (ms: number) => agoTitle(now - ms, now);
  const HOUR = 3_600_000;

  it("is shown in minutes, hours, then as a date", () => {
    expect(ago(10_000)).toBe("just now");
    expect(ago(5 * 60_000)).toMatch(/5/);
    expect(ago(2 * HOUR)).toMatch(/2/);
    expect(ago(8 * HOUR)).toBe("Today");
    expect(ago(30 * HOUR)).toBe("Yesterday");
    expect(ago(24 * HOUR * 9)).toMatch(/11.*2026/);
  });

  it("works if the clock was set back", () => {
    expect(ago(-HOUR)).toBe("just now");
  });
});
