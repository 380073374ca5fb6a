import { randomBytes } from "node:crypto";
import { FILE_PART_BYTES } from "@parley/protocol";

/** What a message says of a file. */
export interface SentFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

/** The files of a member in a room, over HTTP. */
export class RoomFiles {
  readonly #url: string;
  readonly #room: string;
  readonly #token: string;

  /** @param url of the server, such as `http://127.0.0.1:4711` */
  constructor(url: string, roomId: string, token = randomBytes(16).toString("base64url")) {
    this.#url = url;
    this.#room = `${url}/api/rooms/${roomId}`;
    this.#token = token;
  }

  /** Begins a file, or asks which of its parts are missing. */
  async begin(file: SentFile): Promise<readonly number[]> {
    const { id, name, type, size } = file;
    const body = JSON.stringify({ name, type, size });
    const response = await this.#send("PUT", `files/${id}`, body, "application/json");
    if (!response.ok) throw new Error(`A file was not begun: ${await response.text()}`);
    return ((await response.json()) as { missing: number[] }).missing;
  }

  /** Stores a part. */
  async part(id: string, n: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const response = await this.#send("PUT", `files/${id}/${n}`, bytes);
    if (response.status === 204) return;
    throw new Error(`${response.status} ${await response.text()}`);
  }

  /** Stores a whole file. */
  async store(
    bytes: Uint8Array<ArrayBuffer>,
    { name = "a file", type = "application/octet-stream" } = {},
  ): Promise<SentFile> {
    const file = { id: newFileId(), name, type, size: bytes.length };
    for (const n of await this.begin(file)) await this.part(file.id, n, partOf(bytes, n));
    return file;
  }

  /** Says something that has files, or none. */
  async say(message: string, files: readonly SentFile[]): Promise<void> {
    const body = JSON.stringify({ message, ...(files.length > 0 && { files }) });
    const response = await this.#send("POST", "messages", body, "application/json");
    if (!response.ok) throw new Error(`A message was refused: ${await response.text()}`);
    await response.arrayBuffer();
  }

  /** The bytes of a file; undefined if there is none. */
  async get({ id, name }: SentFile): Promise<Buffer | undefined> {
    const response = await fetch(`${this.#url}/files/${id}/${encodeURIComponent(name)}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    return response.ok ? bytes : undefined;
  }

  #send(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    type = "application/octet-stream",
  ): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#token}`, "content-type": type };
    return fetch(`${this.#room}/${path}`, { method, body, headers });
  }
}

export function newFileId(): string {
  return randomBytes(16).toString("base64url");
}

/** The bytes of part `n`. */
export function partOf(bytes: Uint8Array<ArrayBuffer>, n: number): Uint8Array<ArrayBuffer> {
  return bytes.subarray(n * FILE_PART_BYTES, (n + 1) * FILE_PART_BYTES);
}
