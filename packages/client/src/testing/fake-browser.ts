import type { Outbox } from "../storage/outbox.ts";
import { createMemoryOutbox } from "../storage/outbox-memory.ts";
import type { SendLock, SendLockListener } from "../storage/send-lock.ts";

/** One tab of a browser, as far as a room client can tell. */
export interface Tab {
  readonly outbox: Outbox;
  readonly sendLock: SendLock;
  /** Whether this tab is the visible one. */
  isVisible: boolean;
  /** Delivers nothing to it until it resumes; then delivers what happened meanwhile, in order. */
  suspend(): void;
  goOn(): void;
  /** It crashes; its lock moves on. */
  die(): void;
}

interface Claim {
  readonly tab: Tab;
  tell(news: keyof SendLockListener): void;
}

/** A browser whose tabs share an outbox and a send lock, as with Web Locks. */
export class FakeBrowser {
  readonly outbox = createMemoryOutbox();
  readonly #watchers = new Map<Tab, Set<() => void>>();
  /** The claims on the lock; the first one holds it. */
  #line: readonly Claim[] = [];
  /** How to deliver to each tab. */
  readonly #hearers = new Map<Tab, (news: () => void) => void>();

  openTab(): Tab {
    const inbox: (() => void)[] = [];
    let isSuspended = false;
    const run = () => {
      if (!isSuspended) for (const news of inbox.splice(0)) news();
    };
    const hear = (news: () => void) => {
      inbox.push(news);
      void Promise.resolve().then(run);
    };
    const tab: Tab = {
      isVisible: true,
      outbox: this.#outboxOf(() => tab),
      sendLock: (_roomId, listener) => this.#claim(tab, listener, hear),
      suspend() {
        isSuspended = true;
      },
      goOn() {
        isSuspended = false;
        run();
      },
      die: () => {
        isSuspended = true;
        this.#watchers.delete(tab);
        this.#place(this.#line.filter((claim) => claim.tab !== tab));
      },
    };
    this.#hearers.set(tab, hear);
    return tab;
  }

  #outboxOf(tab: () => Tab): Outbox {
    const { outbox } = this;
    return {
      load: (roomId) => outbox.load(roomId),
      put: async (roomId, stored) => {
        await outbox.put(roomId, stored);
        this.#tellOthers(tab());
      },
      remove: async (roomId, id) => {
        await outbox.remove(roomId, id);
        this.#tellOthers(tab());
      },
      watch: (_roomId, changed) => {
        const watchers = this.#watchers.get(tab()) ?? new Set();
        this.#watchers.set(tab(), watchers.add(changed));
        return () => watchers.delete(changed);
      },
    };
  }

  #tellOthers(teller: Tab): void {
    for (const [tab, watchers] of this.#watchers) {
      if (tab === teller) continue;
      for (const changed of watchers) {
        this.#hearers.get(tab)?.(() => {
          if (watchers.has(changed)) changed();
        });
      }
    }
  }

  #claim(tab: Tab, listener: SendLockListener, hear: (news: () => void) => void) {
    let isOver = false;
    const claim: Claim = {
      tab,
      tell: (news) =>
        hear(() => {
          if (!isOver) listener[news]();
        }),
    };
    const others = () => this.#line.filter((other) => other !== claim);
    this.#place([...this.#line, claim]);
    return {
      request: () => {
        if (tab.isVisible) this.#place([claim, ...others()]);
      },
      release: () => {
        isOver = true;
        this.#place(others());
      },
    };
  }

  #place(line: readonly Claim[]): void {
    const before = this.#line[0];
    this.#line = line;
    if (line[0] === before) return;
    before?.tell("lost");
    line[0]?.tell("acquired");
  }
}
