import { createHash } from "node:crypto";
import { FileRefused } from "./files.ts";
import { newFileId, repeatableFileId } from "./file-ids.ts";
import type { FileFacts, FileOwner } from "./manifest.ts";
import type { Sender } from "./permits.ts";
import { extensionOf, typeOf } from "./types.ts";
import type { Uploads } from "./uploads.ts";

/** Takes files that arrive whole, in one part. */
export class WholeFiles {
  readonly #uploads: Uploads;

  constructor(uploads: Uploads) {
    this.#uploads = uploads;
  }

  /**
   * Counts a file that is being stored.
   * @returns a function to call at its end, or undefined if there are too many
   */
  admit(sender: Sender): (() => void) | undefined {
    return this.#uploads.permits.admit(sender);
  }

  /** Describes these bytes; a file without a name is named after its type. */
  describe(bytes: Uint8Array, name: string | undefined): FileFacts {
    const type = typeOf(bytes);
    return { name: name ?? `file${extensionOf(type)}`, type, size: bytes.length };
  }

  /**
   * Stores a file: for the same message and bytes, the same one. Throws LogUnavailable.
   * @returns its id
   * @throws FileRefused
   */
  async store(
    source: FileOwner & Sender,
    facts: FileFacts,
    bytes: Uint8Array,
    messageId: string | undefined,
  ): Promise<string> {
    const digest = createHash("sha256").update(bytes).digest("base64url");
    const id =
      messageId === undefined
        ? newFileId()
        : repeatableFileId(source.author, source.logId, messageId, digest, JSON.stringify(facts));
    const begun = await this.#uploads.begin(id, source, facts, source);
    const isStored =
      begun && (await this.#uploads.put(id, await this.#uploads.find(id, source), 0, bytes));
    if (!isStored) throw new FileRefused("file_taken");
    return id;
  }
}
