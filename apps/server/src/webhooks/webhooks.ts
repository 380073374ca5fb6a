import { LogUnavailable, throwUnlessUnavailable } from "../log/log.ts";
import type { Answer, Door } from "../outbound/door.ts";
import type { CancelTimer } from "../timing/timer-wheel.ts";
import { announce } from "./announcements.ts";
import { hasArrived, WebhookReader, type ReaderDeps } from "./reader.ts";
import { signedRequest } from "./request.ts";
import { keyOf, listWebhooks, putWebhook, readWebhook, type Webhook } from "./webhook.ts";

/** How often a server says that it lives, and looks for webhooks that nobody delivers, in ms. */
const ROUND_MS = 10_000;
/** How long a server that says nothing keeps its webhooks, in ms. */
const LEASE_MS = 30_000;
/** A server that could not say that it lives stops so much before its lease ends, in ms. */
const MARGIN_MS = 12_000;
const SERVERS = "webhookserver:";

export interface WebhooksDeps extends Omit<ReaderDeps, "announceOff" | "onEnd" | "door"> {
  readonly door: Door;
  /** Names this server among those that share the shelf; undefined: there are no others. */
  readonly serverId: string | undefined;
  /** Shorter in tests, in ms. */
  readonly leaseMs?: number;
}

/**
 * The webhooks that this server delivers. Each has one server at a time, its owner. An owner that
 * dies or loses the shelf is followed by another server. The log is the queue: a webhook has a
 * cursor, and nothing else is kept of what it has yet to be told.
 */
export class Webhooks {
  readonly #deps: WebhooksDeps;
  readonly #me: string;
  readonly #readers = new Map<string, WebhookReader>();
  /** Until when the others know that this server lives, in ms of a steady clock. */
  #leaseUntil = -Infinity;
  #cancelRound: CancelTimer = () => undefined;
  #round: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(deps: WebhooksDeps) {
    this.#deps = deps;
    this.#me = deps.serverId ?? "alone";
  }

  /** Whether an address may be that of a webhook. */
  admits(url: string): boolean {
    return this.#deps.door.admits(url);
  }

  /** Looks for webhooks that nobody delivers, now and from then on. */
  start(): void {
    this.#round = this.#goRound().catch(this.#deps.onFailure);
  }

  /** Starts to deliver a new webhook. Throws LogUnavailable. */
  async add(webhook: Omit<Webhook, "owner" | "failures">): Promise<void> {
    await this.#holdLease();
    const made: Webhook = { ...webhook, owner: this.#me, failures: 0 };
    const kept = await putWebhook(this.#deps.shelf, made, null);
    if (kept !== undefined) this.#read(made, kept);
  }

  /** A webhook was revoked: gives up what is under way. Other servers notice at the next request. */
  stop(id: string): void {
    this.#readers.get(id)?.stop();
  }

  /**
   * Sends a test to the target of a webhook. One that was off is on again if the target takes it,
   * and goes on where it stopped. Throws LogUnavailable.
   * @returns undefined if there is no such webhook
   */
  async test(id: string): Promise<Answer | undefined> {
    const { shelf, door, now } = this.#deps;
    const kept = await shelf.get(keyOf(id));
    if (kept === undefined) return undefined;
    const webhook = readWebhook(kept);
    const answer = await door.post(webhook.url, signedRequest(webhook, { is: "test" }, now()));
    if (webhook.off && hasArrived(answer)) await this.#takeOver(webhook, kept);
    return answer;
  }

  /** Stops all of it; another server may go on at once. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelRound();
    const readers = [...this.#readers.values()];
    for (const reader of readers) reader.stop();
    // A round under way begins no reader any more.
    await Promise.all([this.#round, ...readers.map((reader) => reader.ended)]);
    if (this.#leaseUntil === -Infinity || this.#deps.serverId === undefined) return;
    await this.#deps.shelf.take(SERVERS + this.#me).catch(throwUnlessUnavailable);
  }

  async #goRound(): Promise<void> {
    try {
      await this.#lookAround();
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      this.#stopUnlessLeased();
    } finally {
      this.#scheduleRound();
    }
  }

  #scheduleRound(): void {
    if (this.#isClosed) return;
    this.#cancelRound = this.#deps.timers.after(this.#leaseMs / (LEASE_MS / ROUND_MS), () => {
      this.start();
    });
  }

  /** Renews the lease, takes what nobody delivers, and drops what is no longer this server's. */
  async #lookAround(): Promise<void> {
    const { shelf } = this.#deps;
    if (this.#readers.size > 0) await this.#holdLease();
    const before = [...this.#readers];
    const items = await listWebhooks(shelf);
    const alive = items.length > 0 ? await this.#serversAlive() : new Set();
    const mine = new Set<string>();
    for (const { value } of items) {
      const webhook = readWebhook(value);
      const isMine = webhook.owner === this.#me;
      if (isMine) mine.add(webhook.id);
      if (webhook.off || this.#readers.has(webhook.id)) continue;
      if (!isMine && alive.has(webhook.owner)) continue;
      if (await this.#takeOver(webhook, value)) mine.add(webhook.id);
    }
    for (const [id, reader] of before) if (!mine.has(id)) reader.stop();
  }

  async #serversAlive(): Promise<ReadonlySet<string>> {
    if (this.#deps.serverId === undefined) return new Set();
    const servers = await this.#deps.shelf.list(SERVERS);
    return new Set(servers.map(({ key }) => key.slice(SERVERS.length)));
  }

  /** @returns whether it is this server's now; another one may have been faster */
  async #takeOver(webhook: Webhook, kept: string): Promise<boolean> {
    if (this.#isClosed) return false;
    await this.#holdLease();
    const { off, failingSince, ...rest } = webhook;
    const failing = failingSince === undefined || off ? {} : { failingSince };
    const failures = off ? 0 : webhook.failures;
    const taken: Webhook = { ...rest, ...failing, failures, owner: this.#me };
    const put = await putWebhook(this.#deps.shelf, taken, kept);
    if (put !== undefined) this.#read(taken, put);
    return put !== undefined;
  }

  #read(webhook: Webhook, kept: string): void {
    if (this.#isClosed) return;
    const { log, now } = this.#deps;
    const { id } = webhook;
    this.#readers.get(id)?.stop();
    const reader: WebhookReader = new WebhookReader(webhook, kept, {
      ...this.#deps,
      announceOff: (failing, isGone) => {
        const news = { is: isGone ? "gone" : "failed" } as const;
        return announce(log, failing, news, failing.failingSince ?? 0, now());
      },
      onEnd: () => {
        if (this.#readers.get(id) === reader) this.#readers.delete(id);
      },
    });
    this.#readers.set(id, reader);
  }

  /** Tells the other servers that this one lives. Throws LogUnavailable. */
  async #holdLease(): Promise<void> {
    if (this.#deps.serverId === undefined) return;
    const until = performance.now() + this.#leaseMs;
    if (until - this.#leaseUntil < this.#leaseMs / 6) return;
    // The others go by the shelf's clock, and this server's may be behind it.
    await this.#deps.shelf.put(SERVERS + this.#me, "", { forMs: this.#leaseMs });
    this.#leaseUntil = until;
  }

  get #leaseMs(): number {
    return this.#deps.leaseMs ?? LEASE_MS;
  }

  /** Another server may take over soon: what is sent from here then would be told twice. */
  #stopUnlessLeased(): void {
    if (this.#deps.serverId === undefined) return;
    const margin = (MARGIN_MS * this.#leaseMs) / LEASE_MS;
    if (performance.now() < this.#leaseUntil - margin) return;
    for (const reader of this.#readers.values()) reader.stop();
  }
}
