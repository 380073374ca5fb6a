import type { PendingMessage, RoomClient, RoomEvent } from "@parley/client";
import type { FileInfo } from "@parley/protocol";
import { ExitCode } from "../exit-code.ts";
import { note } from "../output.ts";
import { plainLine } from "../plain-text.ts";
import { whyOver } from "./why.ts";

/** How many lines may be pending while the server stores them. */
const PENDING_MAX = 20;
/** A server that acknowledges nothing for this long, in ms, is away. */
const PATIENCE_MS = 60_000;

type DeliveryClient = Pick<RoomClient, "subscribe" | "say" | "discard">;

/** Follows pending messages until they are acknowledged or refused, or the server is away. */
export class Delivery {
  readonly #client: DeliveryClient;
  readonly #unsubscribe: () => void;
  #pending: readonly PendingMessage[] = [];
  /** Why nothing can be sent any more. */
  #over: ExitCode | undefined;
  #isRefused = false;
  #wasJoined = false;
  readonly #early: string[] = [];
  #maybeStored = false;
  #wake: (() => void) | undefined;
  #patience: NodeJS.Timeout | undefined;

  constructor(client: DeliveryClient) {
    this.#client = client;
    this.#unsubscribe = client.subscribe((event) => this.#hear(event));
  }

  /** Whether the server may have the last one, although it did not answer (SPEC D4). */
  get maybeStored(): boolean {
    return this.#maybeStored;
  }

  /** Whether the room was open at any time. */
  get wasJoined(): boolean {
    return this.#wasJoined;
  }

  /** The ids of what was added before the room was open. */
  get early(): readonly string[] {
    return this.#early;
  }

  /** Sends one more, once fewer are pending than may be. */
  async add(message: string, files: readonly FileInfo[] = []): Promise<void> {
    await this.#until(() => this.#pending.length < PENDING_MAX);
    const id = this.#client.say(message, files.length > 0 ? { files } : {});
    if (!this.#wasJoined) this.#early.push(id);
  }

  /** Waits until nothing is pending. */
  async end(): Promise<ExitCode> {
    await this.#until(() => this.#pending.length === 0);
    clearTimeout(this.#patience);
    this.#unsubscribe();
    return this.#over ?? (this.#isRefused ? ExitCode.refused : ExitCode.done);
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (this.#over === undefined && !isSo()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #hear(event: RoomEvent): void {
    if (event.type === "pending") this.#hearPending(event.pending);
    if (event.type === "status") {
      const { status } = event;
      if (status.is === "joined") this.#wasJoined = true;
      // Lines may arrive for days: the server may be back before the last one.
      if (status.is === "joined" && this.#over === ExitCode.tryAgain) this.#over = undefined;
      if (status.is === "waiting") this.#over ??= ExitCode.tryAgain;
      if (status.is === "refused" || status.is === "closed") {
        note(whyOver(status));
        this.#over = ExitCode.refused;
      }
    }
    this.#wake?.();
  }

  #hearPending(pending: readonly PendingMessage[]): void {
    this.#pending = pending;
    clearTimeout(this.#patience);
    if (pending.length > 0) {
      this.#patience = setTimeout(() => {
        this.#over ??= ExitCode.tryAgain;
        this.#wake?.();
      }, PATIENCE_MS);
    }
    for (const { id, frame, state } of pending) {
      const isRefused = "refusal" in state && state.refusal !== undefined;
      this.#maybeStored = state.is === "sending" || (this.#maybeStored && !isRefused);
      if (state.is === "failed") {
        const text = frame.type === "chat" ? plainLine(frame.payload.message).slice(0, 60) : "";
        note(`Refused (${plainLine(state.refusal.message)})${text === "" ? "" : `: ${text}`}`);
        this.#isRefused = true;
        this.#client.discard(id);
      } else if ("refusal" in state && state.refusal && state.refusal.code !== "rate_limited") {
        note(plainLine(state.refusal.message));
        this.#over ??= ExitCode.tryAgain;
      }
    }
  }
}
