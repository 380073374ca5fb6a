import { afterEach, beforeEach } from "vitest";
import type { RoomLog } from "../../src/log/log.ts";

/** A log that a test works with. */
export interface OpenLog {
  readonly log: RoomLog;
  /** Gives back whatever it holds; nothing is asked of the log afterwards. */
  close(): Promise<void>;
}

/** Opens a log for each test and closes it after. */
export function eachWith<Opened extends OpenLog>(open: () => Promise<Opened>): { opened: Opened } {
  const held: { opened?: Opened } = {};
  beforeEach(async () => {
    held.opened = await open();
  });
  afterEach(() => held.opened?.close());
  return {
    get opened() {
      if (!held.opened) throw new Error("A log is open only while a test runs.");
      return held.opened;
    },
  };
}
