import {
  encode,
  errorFrame,
  type DownFrame,
  type Refusal,
  type RefusalCode,
} from "@parley/protocol";
import type { Connection } from "../delivery/connection.ts";

interface WriterDeps {
  /** Counts refusals. */
  onRefused(code: RefusalCode): void;
}

/** Writes frames to one connection alone. */
export class ConnectionWriter {
  readonly connection: Connection;
  readonly #deps: WriterDeps;

  constructor(connection: Connection, deps: WriterDeps) {
    this.connection = connection;
    this.#deps = deps;
  }

  send(frame: DownFrame): void {
    this.connection.send(encode(frame));
  }

  refuse(why: Refusal): void {
    this.#deps.onRefused(why.code);
    this.send(errorFrame(why));
  }
}
