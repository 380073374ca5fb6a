import {
  encode,
  errorFrame,
  type DownFrame,
  type Refusal,
  type RefusalCode,
} from "@parley/protocol";
import type { Connection } from "../delivery/connection.ts";

/** Writes frames to one connection alone. */
export class ConnectionWriter {
  readonly connection: Connection;
  readonly #onRefused: (code: RefusalCode) => void;

  /** @param onRefused counts refusals */
  constructor(connection: Connection, onRefused: (code: RefusalCode) => void) {
    this.connection = connection;
    this.#onRefused = onRefused;
  }

  send(frame: DownFrame): void {
    this.connection.send(encode(frame));
  }

  refuse(why: Refusal): void {
    this.#onRefused(why.code);
    this.send(errorFrame(why));
  }
}
