import { createInterface } from "node:readline";
import { text as textOf } from "node:stream/consumers";
import type { PendingMessage, RoomEvent } from "@parley/client";
import { ExitCode } from "../exit-code.ts";
import { note } from "../output.ts";
import { plainLine } from "../plain-text.ts";
import { openRoom, type OpenRoom, type Place } from "../room/open-room.ts";
import { whyOver } from "../room/why.ts";

/** So many lines are pending at most while the server takes them. */
const PENDING_MAX = 20;
/** A server that acknowledges nothing for so long, in ms, is away. */
const PATIENCE_MS = 60_000;

/** What is said: one message, or each line of standard input. */
export type Speech =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "input" }
  | { readonly is: "lines" };

/** Says something, and waits until the server has it. */
export async function say(place: Place, speech: Speech): Promise<ExitCode> {
  const room = openRoom(place);
  const delivery = new Delivery(room);
  for await (const message of messagesOf(speech)) await delivery.add(message);
  const code = await delivery.end();
  room.client.leave();
  if (code === ExitCode.tryAgain) await noteKept(room, place);
  return code;
}

async function* messagesOf(speech: Speech): AsyncGenerator<string> {
  if (speech.is === "text") yield speech.text;
  if (speech.is === "input") yield (await textOf(process.stdin)).replace(/\r?\n$/, "");
  if (speech.is !== "lines") return;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== "") yield line;
  }
}

async function noteKept({ outbox }: OpenRoom, { room, server }: Place): Promise<void> {
  const kept = (await outbox.load(room)).length;
  const where = plainLine(server.href);
  if (kept === 0) note(`${where} is away, and nothing could be kept. Try again later.`);
  else note(`${where} is away. Kept: ${kept} of ${room}; the next say or tail sends it first.`);
}

/** Follows what is pending until it is acknowledged, refused, or the server is away. */
class Delivery {
  readonly #room: OpenRoom;
  readonly #unsubscribe: () => void;
  #pending: readonly PendingMessage[] = [];
  /** Why nothing can be sent any more. */
  #over: ExitCode | undefined;
  #isRefused = false;
  #wake: (() => void) | undefined;
  #patience: NodeJS.Timeout | undefined;

  constructor(room: OpenRoom) {
    this.#room = room;
    this.#unsubscribe = room.client.subscribe((event) => this.#hear(event));
  }

  /** Says one more, once there is room for it. */
  async add(message: string): Promise<void> {
    await this.#until(() => this.#pending.length < PENDING_MAX);
    this.#room.client.say(message);
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
      // Lines may come for days: the server may be back before the last one.
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
      if (state.is === "failed") {
        const text =
          frame.type === "chat" ? `: ${plainLine(frame.payload.message).slice(0, 60)}` : "";
        note(`Refused (${plainLine(state.refusal.message)})${text}`);
        this.#isRefused = true;
        this.#room.client.discard(id);
      } else if ("refusal" in state && state.refusal && state.refusal.code !== "rate_limited") {
        note(plainLine(state.refusal.message));
        this.#over ??= ExitCode.tryAgain;
      }
    }
  }
}
