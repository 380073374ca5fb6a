import {
  decodeUp,
  encode,
  type DownFrame,
  type UpFrame,
  type UpPayload,
  type UpType,
} from "@parley/protocol";
import type { Goodbye, Transport, TransportListener } from "../transports/transport.ts";

/** A socket without a network: the client holds one end, the test the other. */
export class FakeSocket implements Transport {
  /** What the client sent and the test has not read. */
  readonly sent: UpFrame[] = [];
  /** How the client closed it, if it did. */
  ended: Goodbye | undefined;
  #listener: TransportListener | undefined;

  listen(listener: TransportListener): void {
    this.#listener = listener;
  }

  send(text: string): void {
    const decoded = decodeUp(text);
    if (!decoded.ok) throw new Error(`The client sent what no server takes: ${text}`);
    this.sent.push(decoded.frame);
  }

  close(how: Goodbye): void {
    this.ended = how;
  }

  /** The server's end: the socket is open. */
  open(): void {
    this.#listener?.opened();
  }

  /** The server's end: sends a frame. */
  say(frame: DownFrame): void {
    this.receive(encode(frame));
  }

  /** The server's end: sends any text. */
  receive(text: string): void {
    this.#listener?.received(text);
  }

  /** The server's end, or the network: closes. */
  shut(code: number): void {
    this.#listener?.closed(code);
  }

  /** Reads everything that the client sent. */
  read(): UpFrame[] {
    return this.sent.splice(0);
  }

  /** Reads everything, and returns the payloads of one type, without their `ref`. */
  readAll<T extends UpType>(type: T): Omit<UpPayload<T>, "ref">[] {
    const read = this.read().filter((frame) => frame.type === type);
    return read.map(({ payload }) => {
      const own: UpPayload<T> = { ...(payload as UpPayload<T>) };
      delete own.ref;
      return own;
    });
  }

  /** Reads everything, and returns the `ref`s of one type. */
  readRefs(type: UpType): (string | undefined)[] {
    return this.read().flatMap((frame) => (frame.type === type ? [frame.payload.ref] : []));
  }
}
