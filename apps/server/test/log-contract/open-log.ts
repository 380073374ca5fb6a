import { afterEach, beforeEach } from "vitest";
import type { RoomLog } from "../../src/log/log.ts";

/** A log that a test works with. */
export interface OpenLog {
  readonly log: RoomLog;
  /** Releases all that it holds; the log is not used afterwards. */
  close(): Promise<void>;
}

/**
 * Opens an empty log, lets it be filled, and trims every room to its last so many entries.
 */
export type OpenTrimmed = (
  keep: number,
  fill: (log: RoomLog) => Promise<unknown>,
) => Promise<OpenLog>;

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
