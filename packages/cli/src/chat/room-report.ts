import type { RoomEvent, Status } from "@parley/client";
import { unreachable, type LogEntry, type Member, type Settings } from "@parley/protocol";
import { plainLine } from "../plain-text.ts";
import { entryText, type DrawName } from "../room/entry-text.ts";
import { Transcript } from "../room/transcript.ts";
import { whyOver } from "../room/why.ts";

/** How many characters of a message are quoted. */
const QUOTED_SIGNS = 30;
/** How many of the last messages can be quoted. */
const QUOTABLE_MAX = 1_000;

export interface ReportStyle {
  readonly drawName: DrawName;
  /** Draws text that is not a message. */
  readonly paler: (text: string) => string;
}

/** Turns a room's events into lines for a terminal. */
export class RoomReport {
  readonly #server: URL;
  readonly #room: string;
  readonly #style: ReportStyle;
  readonly #transcript = new Transcript();
  readonly #quotes = new Map<number, string>();
  #status: Status = { is: "connecting" };
  #wasJoined = false;
  #isDropped = false;
  #people: Extract<RoomEvent, { type: "people" }> | undefined;
  #settings: Settings | undefined;
  #pending = 0;

  constructor(server: URL, room: string, style: ReportStyle) {
    this.#server = server;
    this.#room = room;
    this.#style = style;
  }

  /** How many messages the server has not acknowledged. */
  get pending(): number {
    return this.#pending;
  }

  get isJoined(): boolean {
    return this.#status.is === "joined";
  }

  /** The prompt of the input line: one's own name, and why messages wait. */
  get prompt(): string {
    const name = plainLine(this.#people?.self.name ?? "");
    if (this.isJoined) return `${name}> `;
    const state = this.#wasJoined ? "reconnecting" : "connecting";
    const kept = this.#pending === 0 ? "" : `, ${this.#pending} kept`;
    return `${name}${name === "" ? "" : " "}(${state}${kept})> `;
  }

  /** The members, as a line. */
  who(): string {
    if (!this.#people) return this.note("Not in the room yet.");
    const { self, members, count } = this.#people;
    const others = members.filter(({ id }) => id !== self.id);
    const names = [`${this.#name(self)} (you)`, ...others.map((member) => this.#name(member))];
    const more = count - names.length;
    return `${this.note(`${count} here:`)} ${names.join(", ")}${more > 0 ? `, and ${more} more` : ""}`;
  }

  /** A line that is not a message. */
  note(text: string): string {
    return this.#style.paler(`— ${text}`);
  }

  /** An event as lines. */
  linesOf(event: RoomEvent): readonly string[] {
    switch (event.type) {
      case "status":
        return this.#statusLines(event.status);
      case "window":
      case "entries": {
        const notice = this.#transcript.noticeOf(event);
        const entries = this.#transcript
          .fresh(event.entries)
          .map((entry) => this.#entryLine(entry));
        return [...(notice === undefined ? [] : [this.note(notice)]), ...entries];
      }
      case "caught-up":
        return [this.note(event.fresh === 0 ? "Back, nothing new." : `Back, ${event.fresh} new.`)];
      case "people": {
        const isFirst = this.#people === undefined;
        this.#people = event;
        return isFirst ? [this.note(this.#welcome()), this.who()] : [];
      }
      case "moved":
        return [this.#movedLine(event)];
      case "settings":
        this.#settings = event.settings;
        return [];
      case "pending":
        this.#pending = event.pending.filter(({ state }) => state.is !== "failed").length;
        return [];
      case "refused":
        return [this.note(plainLine(event.refusal.message))];
      case "outdated":
        return [this.note("The server speaks a newer protocol: update this program.")];
      case "unkept":
        return [
          this.note("Unsent messages cannot be kept here: they are lost if this program ends."),
        ];
      case "typing":
        return [];
      default:
        return unreachable(event);
    }
  }

  #statusLines(status: Status): readonly string[] {
    this.#status = status;
    switch (status.is) {
      case "joined":
        this.#wasJoined = true;
        this.#isDropped = false;
        return [];
      case "waiting": {
        if (this.#isDropped) return [];
        this.#isDropped = true;
        const why = this.#wasJoined
          ? "Reconnecting"
          : `${plainLine(this.#server.href)} is away, trying again`;
        return [this.note(`${why}: what you say is kept and goes later.`)];
      }
      case "refused":
      case "closed":
        return [this.note(whyOver(status))];
      case "connecting":
      case "reconnecting":
        return [];
      default:
        return unreachable(status);
    }
  }

  #welcome(): string {
    const [name, topic] = ["name", "topic"].map((key) => {
      const value = this.#settings?.get(key)?.payload.value;
      return typeof value === "string" ? plainLine(value) : "";
    });
    const called = `${name ? ` (${name})` : ""}${topic ? `: ${topic}` : ""}`;
    return `Room ${this.#room}${called}. /help lists the commands.`;
  }

  #movedLine({ how, member }: Extract<RoomEvent, { type: "moved" }>): string {
    const words = { entered: "is here", left: "left", renamed: "has a new name" };
    return `${this.note("")}${this.#name(member)} ${this.#style.paler(words[how])}`;
  }

  #entryLine(entry: LogEntry): string {
    const { drawName } = this.#style;
    const line = entryText(
      entry,
      this.#server,
      drawName,
      (seq) => this.#quotes.get(seq) ?? `#${seq}`,
    );
    if (entry.type === "chat") this.#remember(entry.payload);
    return line;
  }

  #remember({ seq, from, message }: Extract<LogEntry, { type: "chat" }>["payload"]): void {
    const signs = [...plainLine(message)];
    const text = signs.slice(0, QUOTED_SIGNS).join("");
    const cut = signs.length > QUOTED_SIGNS ? "…" : "";
    this.#quotes.set(seq, `${this.#name(from)} “${text}${cut}”`);
    const [oldest] = this.#quotes.keys();
    if (this.#quotes.size > QUOTABLE_MAX && oldest !== undefined) this.#quotes.delete(oldest);
  }

  #name({ name, id }: Member): string {
    return this.#style.drawName(plainLine(name), id);
  }
}
