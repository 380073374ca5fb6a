import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { Terminal } from "./terminal.ts";

const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const HOME = "\u001b[H";
const paste = (text: string) => `\u001b[200~${text}\u001b[201~`;

/** Records what was written. */
class FakeScreen extends EventEmitter {
  columns = 40;
  written = "";
  write(text: string): void {
    this.written += text;
  }
}

function open() {
  const input = new PassThrough();
  const screen = new FakeScreen();
  const heard: string[] = [];
  const terminal = new Terminal(input, screen, (prompt) => prompt, {
    entered: (text) => heard.push(text),
    leaving: () => heard.push("leaving"),
    suspended: () => heard.push("suspended"),
  });
  terminal.open();
  /** Presses keys; returns what they make it write. */
  const press = (keys: string) => {
    screen.written = "";
    input.emit("data", Buffer.from(keys));
    return screen.written;
  };
  return { terminal, screen, heard, press };
}

describe("a terminal", () => {
  it("reports entered lines, with characters of any script, and clears its line", () => {
    const { heard, press } = open();
    press("hi 你好\r");
    press("more\u001b\rlines\r");
    expect(press("next").endsWith("next\r\u001b[4C")).toBe(true);
    expect(heard).toEqual(["hi 你好", "more\nlines"]);
  });

  it("keeps the text being typed below the output", () => {
    const { terminal, screen, press } = open();
    press("half");
    screen.written = "";
    terminal.show(["12:00 Bob: hello", "12:00 Bob: again"], "Ada> ");
    expect(screen.written).toBe(
      "\r\u001b[J12:00 Bob: hello\n12:00 Bob: again\n\r\u001b[JAda> half\r\u001b[9C",
    );
    expect(press("!")).toContain("Ada> half!");
  });

  it("takes a paste as one message, without controls", () => {
    const { heard, press } = open();
    press(paste("one\r\ntwo\u0007\n"));
    press("three\r");
    expect(heard).toEqual(["one\ntwo\nthree"]);
  });

  it("clears the line at Ctrl-C, and leaves at Ctrl-C or Ctrl-D on an empty one", () => {
    const { heard, press } = open();
    press(`typed${CTRL_C}`);
    expect(heard).toEqual([]);
    press(`ab${HOME}${CTRL_D}\r`);
    expect(heard).toEqual(["b"]);
    press(CTRL_C);
    press(CTRL_D);
    expect(heard).toEqual(["b", "leaving", "leaving"]);
  });

  it("goes back to entered lines", () => {
    const { heard, press } = open();
    press("one\r");
    press("\u001b[A!\r");
    expect(heard).toEqual(["one", "one!"]);
  });

  it("draws its row where it is after the terminal got narrower", () => {
    const { screen, press } = open();
    press("x".repeat(30));
    screen.columns = 20;
    screen.written = "";
    screen.emit("resize");
    expect(screen.written).toBe(`\u001b[1A\r\u001b[J${"x".repeat(19)}\r\u001b[19C`);
  });

  it("restores the terminal", () => {
    const { terminal, screen, heard, press } = open();
    terminal.close();
    expect(screen.written.endsWith("\r\u001b[J\u001b[?2004l")).toBe(true);
    expect(press("a\r")).toBe("");
    expect(heard).toEqual([]);
  });
});
