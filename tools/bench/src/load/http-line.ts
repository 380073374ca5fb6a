import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { bareSocket, type SocketTarget } from "./bare-socket.ts";
import { EventReader } from "./event-reader.ts";
import { ENDED_ABRUPTLY, type ClientLine, type LineEvents } from "./line.ts";

const TOKEN_BYTES = 16;
const ACCEPTED = "HTTP/1.1 200 ";
/** The text around the payload of a frame. */
const FRAME_START = '{"type":"chat","payload":';
const FRAME_END = "}";

/**
 * Reads a room as server-sent events on one plain socket, and posts on another, which it opens for
 * its first message, and again if the server has closed it as idle. It ignores the answers to posts, because the message comes back as an event.
 */
export class HttpLine implements ClientLine {
  readonly #target: SocketTarget;
  readonly #room: string;
  readonly #events: LineEvents;
  readonly #head: string;
  readonly #stream: Socket;
  readonly #reader: EventReader;
  #posts: Socket | undefined;
  #isOpen = false;
  #isOver = false;

  constructor(target: SocketTarget, roomId: string, events: LineEvents) {
    this.#target = target;
    this.#room = `${target.path}/${roomId}`;
    this.#events = events;
    const token = randomBytes(TOKEN_BYTES).toString("base64url");
    this.#head = `Host: 127.0.0.1:${target.port}\r\nAuthorization: Bearer ${token}\r\n`;
    this.#reader = new EventReader((bytes, start, end) => events.text(bytes, start, end));
    this.#stream = bareSocket(target, (chunk) => this.#read(chunk));
    this.#stream.once("close", () => this.#end());
    this.#stream.write(`GET ${this.#room}/events HTTP/1.1\r\n${this.#head}\r\n`);
  }

  /** @param text a frame of ASCII, whose payload is posted */
  say(text: string): void {
    this.#posts ??= this.#openPosts();
    const body = text.slice(FRAME_START.length, -FRAME_END.length);
    this.#posts.write(
      `POST ${this.#room}/messages HTTP/1.1\r\n${this.#head}` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  cut(): void {
    this.#stream.destroy();
    this.#posts?.destroy();
  }

  #openPosts(): Socket {
    const socket = bareSocket(this.#target, () => {});
    socket.once("close", () => {
      if (this.#posts === socket) this.#posts = undefined;
    });
    return socket;
  }

  #read(chunk: Buffer): void {
    if (!this.#isOpen) {
      if (!chunk.toString("latin1", 0, ACCEPTED.length).startsWith(ACCEPTED)) return this.cut();
      this.#isOpen = true;
      this.#events.opened();
    }
    this.#reader.read(chunk);
  }

  /** When the stream ends, posting ends, too. */
  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.cut();
    this.#events.closed(ENDED_ABRUPTLY);
  }
}
