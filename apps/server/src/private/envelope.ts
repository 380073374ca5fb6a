import type { CloseCode, Member } from "@parley/protocol";
import type { Connection } from "../delivery/connection.ts";
import { EncodedFrames, type Frames } from "../delivery/encoded-frames.ts";

/** The connection of a conversation: wraps every frame in a `private` one. */
export class Envelope implements Connection {
  sendsAll: boolean;
  readonly #connection: Connection;
  readonly #other: () => Member;

  /** @param other the partner, under their present name */
  constructor(connection: Connection, other: () => Member) {
    this.#connection = connection;
    this.#other = other;
    this.sendsAll = connection.sendsAll;
  }

  get address(): string {
    return this.#connection.address;
  }

  get unread(): number {
    return this.#connection.unread;
  }

  send(frames: string | Frames): void {
    const { id, name } = this.#other();
    const start = `{"type":"private","payload":{"with":${JSON.stringify({ id, name })},"frame":`;
    const wrapped = (text: string) => `${start}${text}}}`;
    this.#connection.send(
      typeof frames === "string" ? wrapped(frames) : new EncodedFrames(frames.texts.map(wrapped)),
    );
  }

  whenDrained(run: () => void): void {
    this.#connection.whenDrained(run);
  }

  close(code: CloseCode): void {
    this.#connection.close(code);
  }
}
