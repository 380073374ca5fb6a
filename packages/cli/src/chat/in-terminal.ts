import type { RoomClient, RoomEvent } from "@parley/client";
import { ExitCode } from "../exit-code.ts";
import { plainLine } from "../plain-text.ts";
import { namesFor, palerFor } from "../room/colours.ts";
import { notePending } from "../room/pending.ts";
import { openRoom, type RoomTarget } from "../room/open-room.ts";
import { COMMANDS, readEntered } from "./entered-line.ts";
import { RoomReport } from "./room-report.ts";
import { Terminal } from "./terminal.ts";

/** Chats in a terminal: messages above, and an input line below. */
export async function chatInTerminal(target: RoomTarget): Promise<ExitCode> {
  const room = openRoom(target);
  const style = { drawName: namesFor(process.stdout), paler: palerFor(process.stdout) };
  const chat = new TerminalChat(
    room.client,
    new RoomReport(target.server, target.room, style),
    style.paler,
  );
  const code = await chat.run();
  if (code === ExitCode.tryAgain) await notePending(room, target);
  return code;
}

class TerminalChat {
  readonly #client: RoomClient;
  readonly #report: RoomReport;
  readonly #terminal: Terminal;
  readonly #over = Promise.withResolvers<ExitCode>();
  #isLeaving = false;

  constructor(client: RoomClient, report: RoomReport, drawPrompt: (prompt: string) => string) {
    this.#client = client;
    this.#report = report;
    this.#terminal = new Terminal(process.stdin, process.stdout, drawPrompt, {
      entered: (text) => this.#enter(text),
      leaving: () => this.#leave(),
      suspended: () => {
        process.once("SIGCONT", () => this.#terminal.resume());
        // Stops the whole job, with the process that started this one.
        process.kill(0, "SIGTSTP");
      },
    });
  }

  async run(): Promise<ExitCode> {
    const end = () => this.#end();
    process.once("SIGTERM", end).once("SIGHUP", end).once("SIGINT", end);
    this.#terminal.open();
    const unsubscribe = this.#client.subscribe((event) => this.#hear(event));
    const code = await this.#over.promise;
    unsubscribe();
    this.#client.leave();
    this.#terminal.close();
    return code;
  }

  #hear(event: RoomEvent): void {
    this.#show(this.#report.linesOf(event));
    if (event.type === "pending") {
      for (const { id, frame, state } of event.pending) {
        if (state.is !== "failed") continue;
        const text = frame.type === "chat" ? ` “${plainLine(frame.payload.message)}”` : "";
        this.#note(`Refused (${plainLine(state.refusal.message)})${text}`);
        this.#client.discard(id);
      }
    }
    if (
      event.type === "status" &&
      (event.status.is === "refused" || event.status.is === "closed")
    ) {
      this.#over.resolve(ExitCode.refused);
    }
    if (this.#isLeaving && !(this.#report.isJoined && this.#report.pending > 0)) this.#end();
  }

  #enter(line: string): void {
    const entered = readEntered(line);
    switch (entered.is) {
      case "nothing":
        return undefined;
      case "message":
        this.#client.say(entered.text);
        return undefined;
      case "name":
        return this.#client.rename(entered.name);
      case "who":
        return this.#show([this.#report.who()]);
      case "help":
        return this.#show(COMMANDS.map((line) => this.#report.note(line)));
      case "wrong":
        return this.#note(entered.why);
      case "quit":
        return this.#leave();
    }
  }

  /** Ends once the server has all messages; the second time, at once. */
  #leave(): void {
    if (this.#isLeaving || !this.#report.isJoined || this.#report.pending === 0) return this.#end();
    this.#isLeaving = true;
    return this.#note("Sending what you said. Once more leaves now.");
  }

  #end(): void {
    this.#over.resolve(this.#report.pending === 0 ? ExitCode.done : ExitCode.tryAgain);
  }

  #note(text: string): void {
    this.#show([this.#report.note(text)]);
  }

  #show(lines: readonly string[]): void {
    this.#terminal.show(lines, this.#report.prompt);
  }
}
