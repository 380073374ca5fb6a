import { createInterface } from "node:readline";
import { text as textOf } from "node:stream/consumers";
import { ExitCode } from "../exit-code.ts";
import { Delivery } from "../room/delivery.ts";
import { noteKept } from "../room/kept.ts";
import { openRoom, type Place } from "../room/open-room.ts";

/** What to send: one message, or each line of standard input. */
export type Speech =
  | { readonly is: "text"; readonly text: string }
  | { readonly is: "input" }
  | { readonly is: "lines" };

/** Sends messages, and waits until the server has stored them. */
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
