import { removeIf, type Shelf } from "../shelf/shelf.ts";

/** How long a file without a message is kept, in ms. */
export const UNSENT_MS = 24 * 3_600_000;

/** How long a marked file is kept if its message is not in the log, in ms. */
export const UNSAID_MS = 1_800_000;

/** What its sender says of a file before its bytes. */
export interface FileFacts {
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
}

/** The log that a file belongs to, of a room or a conversation, and the member who sends it. */
export interface FileOwner {
  readonly logId: string;
  readonly author: string;
}

/** All that is stored of a file but its bytes. */
export interface Manifest extends FileFacts, FileOwner {
  /** When its upload began, in ms since 1970. */
  readonly at: number;
  /** The random id of its upload. Files of earlier versions have none. */
  readonly upload?: string;
  /** It was begun without its size: `size` grows as its bytes come. */
  readonly openEnded?: true;
  /** The mark: the id of the author's message that has the file. */
  readonly message?: string;
  /** When it was marked last, in ms since 1970. */
  readonly markedAt?: number;
  /** The id of the author's entry that deletes that message, once a deletion was requested. */
  readonly deletion?: string;
}

/** A manifest, and its text on the shelf. */
export interface Kept {
  readonly manifest: Manifest;
  readonly text: string;
}

/** What the keys of all manifests begin with; an id follows. */
export const MANIFEST_KEYS = "file:";

const keyOf = (id: string) => `${MANIFEST_KEYS}${id}`;

/**
 * The manifests of all files, on the shelf. Each changes atomically, for all servers. One without a
 * mark expires after {@link UNSENT_MS}. All methods may throw LogUnavailable.
 */
export class Manifests {
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  async get(id: string): Promise<Kept | undefined> {
    const text = await this.#shelf.get(keyOf(id));
    return text === undefined ? undefined : { manifest: JSON.parse(text) as Manifest, text };
  }

  /** Puts the first manifest of a file. @returns false if the file already has one */
  begin(id: string, manifest: Manifest): Promise<boolean> {
    return this.#put(id, manifest, null);
  }

  /** @returns false if the manifest has changed meanwhile */
  change(id: string, kept: Kept, changes: Partial<Manifest>): Promise<boolean> {
    return this.#put(id, { ...kept.manifest, ...changes }, kept.text);
  }

  /** @returns false if the manifest has changed meanwhile */
  remove(id: string, { text }: Kept): Promise<boolean> {
    return removeIf(this.#shelf, keyOf(id), text);
  }

  #put(id: string, manifest: Manifest, onlyIf: string | null): Promise<boolean> {
    const until = manifest.message === undefined ? manifest.at + UNSENT_MS : Infinity;
    return this.#shelf.put(keyOf(id), JSON.stringify(manifest), { until, onlyIf });
  }
}
