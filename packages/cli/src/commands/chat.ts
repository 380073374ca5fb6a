import { chatInPipe } from "../chat/in-pipe.ts";
import { chatInTerminal } from "../chat/in-terminal.ts";
import type { ExitCode } from "../exit-code.ts";
import type { RoomTarget } from "../room/open-room.ts";
import { variable } from "../variable.ts";

/** Opens a room: for a person at a terminal, or for a program that reads and writes lines. */
export function chat(target: RoomTarget): Promise<ExitCode> {
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY && variable("TERM") !== "dumb";
  return isTerminal ? chatInTerminal(target) : chatInPipe(target);
}
