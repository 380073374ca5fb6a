import type { ServerResponse } from "node:http";
import type { CutOff } from "../../delivery/connection.ts";
import { Outgoing, type OutgoingDeps } from "../outgoing.ts";
import { responseSink } from "./response-sink.ts";

export interface PumpDeps extends OutgoingDeps {
  /** A peer that does not read was cut off. */
  onCutOff(why: CutOff): void;
}

/**
 * Writes the body of a response a piece at a time, and ends it: the next piece is read once the last
 * one has left. A reader that does not read is cut off, as everywhere.
 * @param pieces undefined for one that cannot be had: the response is broken off
 */
export async function pump(
  response: ServerResponse,
  pieces: AsyncIterable<Uint8Array | undefined>,
  deps: PumpDeps,
): Promise<void> {
  const outgoing = new Outgoing(responseSink(response), deps, {
    cutOff(why) {
      if (response.destroyed) return;
      deps.onCutOff(why);
      response.destroy();
    },
  });
  let wake = () => {};
  response.on("error", () => {});
  response.once("close", () => {
    outgoing.end();
    wake();
  });
  const drained = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      outgoing.whenDrained(resolve);
    });
  for await (const piece of pieces) {
    if (response.destroyed) return;
    if (!piece) return void response.destroy();
    outgoing.write(Buffer.from(piece.buffer, piece.byteOffset, piece.length));
    await drained();
  }
  if (!response.destroyed) response.end();
}
