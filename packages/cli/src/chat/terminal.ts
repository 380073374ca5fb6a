import { emitKeypressEvents } from "node:readline";
import { unreachable } from "@parley/protocol";
import { actionOf, typable, type Key, type KeyAction } from "./keys.ts";
import { edited, EMPTY, inserted, textOf, type Edit, type EditedLine } from "./line-editor.ts";
import { LineHistory } from "./line-history.ts";
import { viewOf } from "./line-view.ts";

const COLUMNS_DEFAULT = 80;
const TO_ROW_START = "\r";
const CLEAR_BELOW = "\u001b[J";
const CLEAR_ALL = "\u001b[2J\u001b[H";
const PASTES_ON = "\u001b[?2004h";
const PASTES_OFF = "\u001b[?2004l";
const up = (rows: number) => (rows > 0 ? `\u001b[${rows}A` : "");
const right = (columns: number) => (columns > 0 ? `\u001b[${columns}C` : "");

/** The source of keys: a terminal, or a fake. */
export interface KeyInput extends NodeJS.ReadableStream {
  setRawMode?(isRaw: boolean): unknown;
}

/** The output for rows. */
export interface Screen {
  readonly columns?: number;
  write(text: string): unknown;
  on(event: "resize", listen: () => void): unknown;
  off(event: "resize", listen: () => void): unknown;
}

export interface TerminalEvents {
  /** A line was entered. */
  readonly entered: (text: string) => void;
  /** Ctrl-D, or Ctrl-C on an empty line. */
  readonly leaving: () => void;
  /** Ctrl-Z; the process continues after it. */
  readonly suspended: () => void;
}

/**
 * A terminal whose last row is an input line. Output scrolls away above it, into the terminal's own
 * buffer; the text being typed stays.
 */
export class Terminal {
  readonly #input: KeyInput;
  readonly #screen: Screen;
  readonly #events: TerminalEvents;
  readonly #drawPrompt: (prompt: string) => string;
  readonly #history = new LineHistory();
  readonly #onKey = (text: string | undefined, key: Key) => this.#press(text, key);
  readonly #onResize = () => this.#resized();
  #line: EditedLine = EMPTY;
  #prompt = "";
  #cursor = 0;
  /** The text of a paste that is not complete. */
  #paste: string | undefined;

  constructor(
    input: KeyInput,
    screen: Screen,
    drawPrompt: (prompt: string) => string,
    events: TerminalEvents,
  ) {
    this.#input = input;
    this.#screen = screen;
    this.#drawPrompt = drawPrompt;
    this.#events = events;
  }

  /** Starts reading keys. */
  open(): void {
    emitKeypressEvents(this.#input);
    this.#input.on("keypress", this.#onKey);
    this.#input.on("end", this.#events.leaving);
    this.#screen.on("resize", this.#onResize);
    this.#input.setRawMode?.(true);
    this.#input.resume();
    this.#screen.write(PASTES_ON + this.#row());
  }

  /** Restores the terminal. */
  close(): void {
    this.#input.off("keypress", this.#onKey);
    this.#input.off("end", this.#events.leaving);
    this.#screen.off("resize", this.#onResize);
    this.#input.setRawMode?.(false);
    this.#input.pause();
    this.#screen.write(TO_ROW_START + CLEAR_BELOW + PASTES_OFF);
  }

  /** Writes lines above the input line, and sets the prompt. */
  show(lines: readonly string[], prompt: string): void {
    if (lines.length === 0 && prompt === this.#prompt) return;
    this.#prompt = prompt;
    const above = lines.map((line) => `${line}\n`).join("");
    this.#screen.write(TO_ROW_START + CLEAR_BELOW + above + this.#row());
  }

  /** Takes over the terminal again after a stop. */
  resume(): void {
    this.#input.setRawMode?.(true);
    this.#screen.write(PASTES_ON + this.#row());
  }

  #press(text: string | undefined, key: Key): void {
    const action = actionOf(text, key);
    if (this.#paste !== undefined && action?.is !== "paste end") {
      this.#paste += text ?? key.sequence ?? "";
    } else if (action) this.#do(action);
  }

  #do(action: KeyAction): void {
    switch (action.is) {
      case "insert":
        return this.#change(inserted(this.#line, action.text));
      case "edit":
        return this.#edit(action.edit);
      case "older":
        return this.#recall(this.#history.older(textOf(this.#line)));
      case "newer":
        return this.#recall(this.#history.newer());
      case "enter":
        return this.#enter();
      case "interrupt":
        if (textOf(this.#line) === "") return this.#events.leaving();
        return this.#change(EMPTY);
      case "end of input":
        if (textOf(this.#line) === "") return this.#events.leaving();
        return this.#edit("delete right");
      case "redraw":
        this.#screen.write(CLEAR_ALL + this.#row());
        return undefined;
      case "suspend":
        this.#screen.write(TO_ROW_START + CLEAR_BELOW + PASTES_OFF);
        this.#input.setRawMode?.(false);
        return this.#events.suspended();
      case "paste start":
        this.#paste = "";
        return undefined;
      case "paste end": {
        const pasted = typable(this.#paste ?? "");
        this.#paste = undefined;
        return this.#change(inserted(this.#line, pasted));
      }
      default:
        return unreachable(action);
    }
  }

  #enter(): void {
    const text = textOf(this.#line);
    if (text.trim() !== "") this.#history.add(text);
    this.#change(EMPTY);
    this.#events.entered(text);
  }

  #edit(edit: Edit): void {
    this.#change(edited(this.#line, edit));
  }

  #recall(text: string | undefined): void {
    if (text !== undefined) this.#change({ before: text, after: "" });
  }

  #change(line: EditedLine): void {
    this.#line = line;
    this.#screen.write(this.#row());
  }

  /** A narrower terminal has wrapped the row into several: the cursor is in one of them. */
  #resized(): void {
    const columns = this.#screen.columns ?? COLUMNS_DEFAULT;
    this.#screen.write(up(Math.floor(this.#cursor / columns)) + this.#row());
  }

  /** The input line, drawn over the present one. */
  #row(): string {
    const columns = this.#screen.columns ?? COLUMNS_DEFAULT;
    const { prompt, text, cursor } = viewOf(this.#prompt, this.#line, columns);
    this.#cursor = cursor;
    const row = this.#drawPrompt(prompt) + text;
    return TO_ROW_START + CLEAR_BELOW + row + TO_ROW_START + right(cursor);
  }
}
