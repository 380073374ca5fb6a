import type { EntryFrame } from "@parley/protocol";
import { expect } from "vitest";
import { FanOut, type FanOutDeps } from "../src/delivery/fan-out.ts";
import type { Subscriber } from "../src/delivery/subscriber.ts";
import { numbered } from "../src/log/log.ts";
import { ann, chatDraft } from "./drafts.ts";
import { FakeConnection } from "./fake-connection.ts";
import { FakeTime } from "./fake-time.ts";

/** A fan-out with a log: an entry stands in the log before the room tells of it. */
export class FanOutRoom {
  readonly time = new FakeTime();
  readonly fanOut: FanOut;
  /** What the log has now. */
  entries: EntryFrame[] = [];
  /** How many frames were written to connections. */
  delivered = 0;

  /** @param deps in the place of the usual ones: a log that answers, and failures that fail the test */
  constructor(deps: Partial<FanOutDeps> = {}) {
    this.fanOut = new FanOut({
      timers: this.time.timers,
      readAfter: async (seq, limit) => this.after(seq, limit),
      onDelivered: (written) => {
        this.delivered += written;
      },
      onFailure: (_subscriber, error) => expect.fail(String(error)),
      ...deps,
    });
  }

  /** At most so many entries after a `seq`. */
  after(seq: number, limit: number): EntryFrame[] {
    return this.entries.filter(({ payload }) => payload.seq > seq).slice(0, limit);
  }

  say(...messages: readonly string[]): void {
    for (const message of messages) {
      const entry = numbered(chatDraft(message), this.entries.length + 1);
      this.entries.push(entry);
      this.fanOut.entry(entry);
    }
  }

  /** Somebody comes who knows the log as far as it goes now. */
  come(memberId: string = ann.id): { connection: FakeConnection; subscriber: Subscriber } {
    const connection = new FakeConnection();
    const subscriber = this.fanOut.add(connection, memberId, this.entries.length);
    return { connection, subscriber };
  }
}
