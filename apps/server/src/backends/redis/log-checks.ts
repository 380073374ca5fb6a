import { throwUnlessUnavailable } from "../../log/log.ts";
import type { RoomFollower } from "./follower.ts";
import { LOOKED_AT_MAX, type LogLooks } from "./log-looks.ts";
import { nowAndThen } from "./now-and-then.ts";

/**
 * Compares many logs by one clock, though nothing seems lost: pub/sub loses what is said during a
 * break, and says nothing of it. A log is read only if its follower is not at its end.
 */
export class LogChecks {
  readonly #looks: LogLooks;
  readonly #everyMs: number;
  readonly #checked = new Map<string, RoomFollower>();
  #stopChecks: (() => void) | undefined;

  /** @param everyMs how often all of them are compared, in ms; a third is chance */
  constructor(looks: LogLooks, everyMs: number) {
    this.#looks = looks;
    this.#everyMs = everyMs;
  }

  /** Compares this log from now on. */
  keep(logId: string, follower: RoomFollower): void {
    this.#checked.set(logId, follower);
    this.#stopChecks ??= nowAndThen(this.#everyMs, () => this.#checkAll());
  }

  /** Compares this log no longer. */
  drop(logId: string): void {
    this.#checked.delete(logId);
    if (this.#checked.size > 0) return;
    this.#stopChecks?.();
    this.#stopChecks = undefined;
  }

  async #checkAll(): Promise<void> {
    const all = [...this.#checked];
    for (let from = 0; from < all.length; from += LOOKED_AT_MAX) {
      await Promise.all(
        all
          .slice(from, from + LOOKED_AT_MAX)
          .map(([logId, follower]) => this.#check(logId, follower).catch(throwUnlessUnavailable)),
      );
    }
  }

  /** Throws LogUnavailable, as one server of a cluster may be away: the next check meets it again. */
  async #check(logId: string, follower: RoomFollower): Promise<void> {
    await follower.check(await this.#looks.look(logId));
  }
}
