import { beforeEach, describe, expect, it } from "vitest";
import { Backlogs } from "./backlogs.ts";

let backlogs: Backlogs;
beforeEach(() => {
  backlogs = new Backlogs(100);
});

/** A connection for which so many bytes wait. */
class Waiting {
  unread: number;
  isDropped = false;

  constructor(unread: number) {
    this.unread = unread;
    backlogs.count(this);
  }

  drop(): void {
    this.isDropped = true;
  }
}

describe("the budget for what waits to be written", () => {
  it("is all used before anybody is cut", () => {
    const waiting = [new Waiting(60), new Waiting(40)];
    expect(waiting.map(({ isDropped }) => isDropped)).toEqual([false, false]);
  });

  it("is kept to by cutting the greediest, and no more than it takes", () => {
    const waiting = [new Waiting(20), new Waiting(45), new Waiting(30), new Waiting(10)];
    expect(waiting.map(({ isDropped }) => isDropped)).toEqual([false, true, false, false]);
  });

  it("cuts several if one is not enough", () => {
    const waiting = [new Waiting(40), new Waiting(30), new Waiting(30), new Waiting(101)];
    expect(waiting.map(({ isDropped }) => isDropped)).toEqual([false, false, false, true]);
    for (const one of waiting) one.unread = 60;
    backlogs.count(waiting[0] as Waiting);
    expect(waiting.filter(({ isDropped }) => isDropped)).toHaveLength(3);
  });

  it("counts what waits, not what waited", () => {
    const reader = new Waiting(90);
    reader.unread = 0;
    const other = new Waiting(95);
    expect([reader.isDropped, other.isDropped]).toEqual([false, false]);
    other.unread = 30;
    expect(backlogs.bytes).toBe(30);
  });

  it("counts nobody who has gone", () => {
    const gone = new Waiting(90);
    backlogs.forget(gone);
    const other = new Waiting(95);
    expect([gone.isDropped, other.isDropped]).toEqual([false, false]);
  });
});
