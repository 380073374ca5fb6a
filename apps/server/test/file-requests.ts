import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { FILE_PART_BYTES } from "@parley/protocol";
import { bearer, TOKEN } from "./api-requests.ts";

export const PART = FILE_PART_BYTES;

/** An id of a file. */
export const newFileId = () => randomBytes(16).toString("base64url");

/** Bytes that differ from place to place. */
export function someBytes(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8) * 7 + seed) % 256);
}

export const digestOf = (bytes: Uint8Array) =>
  `sha-256=:${createHash("sha256").update(bytes).digest("base64")}:`;

export interface FileHead {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** The requests of one member for files of one room, or of one conversation in it. */
export class FileRequests {
  readonly #at: string;
  readonly #token: string;

  /** @param at such as `http://127.0.0.1:80/api/rooms/123` */
  constructor(at: string, token = TOKEN) {
    this.#at = at;
    this.#token = token;
  }

  begin(id: string, head: object): Promise<Response> {
    return this.#put(id, JSON.stringify(head), { "content-type": "application/json" });
  }

  part(
    id: string,
    n: number | string,
    bytes: Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.#put(`${id}/${n}`, bytes, headers);
  }

  /** Begins to send a part, and does not end. @returns ends it, and gives the status */
  async half(
    id: string,
    n: number | string,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<() => Promise<number>> {
    const sending = request(`${this.#at}/files/${id}/${n}`, {
      method: "PUT",
      ...bearer(this.#token, { "content-length": `${bytes.length}`, expect: "100-continue" }),
    });
    // The server has read the head.
    await once(sending, "continue");
    const answered = once(sending, "response") as Promise<[{ statusCode: number }]>;
    sending.write(bytes.subarray(0, 1));
    return async () => {
      sending.end(bytes.subarray(1));
      const [{ statusCode }] = await answered;
      return statusCode;
    };
  }

  drop(id: string): Promise<Response> {
    return fetch(`${this.#at}/files/${id}`, { method: "DELETE", ...bearer(this.#token) });
  }

  /** Stores a whole file. @returns what a message says of it */
  async store(
    bytes: Uint8Array<ArrayBuffer>,
    { name = "cat.png", type = "image/png", id = newFileId() } = {},
  ): Promise<FileHead & { readonly id: string }> {
    const head = { name, type, size: bytes.length };
    const begun = await this.begin(id, head);
    if (!begun.ok) throw new Error(`A file was not begun: ${await begun.text()}`);
    const { missing } = (await begun.json()) as { missing: number[] };
    for (const n of missing) {
      const stored = await this.part(id, n, bytes.subarray(n * PART, (n + 1) * PART));
      if (!stored.ok) throw new Error(`A part was not stored: ${await stored.text()}`);
    }
    return { id, ...head };
  }

  /** Sends frames. */
  frames(frames: readonly object[]): Promise<Response> {
    return fetch(`${this.#at}/frames`, {
      method: "POST",
      body: JSON.stringify({ frames }),
      ...bearer(this.#token, { "content-type": "application/json" }),
    });
  }

  /** Says something over HTTP. */
  say(payload: object): Promise<Response> {
    return fetch(`${this.#at}/messages`, {
      method: "POST",
      body: JSON.stringify(payload),
      ...bearer(this.#token, { "content-type": "application/json" }),
    });
  }

  #put(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
  ): Promise<Response> {
    return fetch(`${this.#at}/files/${path}`, {
      method: "PUT",
      body,
      ...bearer(this.#token, headers),
    });
  }
}
