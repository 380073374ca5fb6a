import { setTimeout as pause } from "node:timers/promises";
import { S3mini } from "s3mini";
import { checkPart, checkRange, checkStoreId, partNamed } from "../../files/checks.ts";
import { isStoreId } from "../../files/file-ids.ts";
import {
  FilesUnavailable,
  NoSpace,
  type FileStore,
  type PartName,
  type StoredPart,
} from "../../files/file-store.ts";
import type { Bucket } from "./bucket.ts";
import { isPassing, refusalOf, says } from "./refusal.ts";

/** How long a request may take, in ms. */
const ANSWER_WITHIN_MS = 20_000;
/** The waits before a request is sent once more, in ms. */
const AGAIN_AFTER_MS = [100, 500];
/** The condition of a request that replaces nothing; some servers that speak S3 do not know it. */
const IF_ABSENT = { "If-None-Match": "*" };
const THERE_ALREADY = 412;
const NOT_IMPLEMENTED = 501;
/** How many ids are listed at once. */
const LISTED_AT_ONCE = 200;
/** How many parts are deleted at the same time. */
const DELETED_AT_ONCE = 8;

/**
 * A store of files in a bucket of S3: a part is the object `PREFIX` + `ID/PART`. A request that gets no
 * answer, or one of the kind that passes, is sent once more, a few times.
 */
export class S3Files implements FileStore {
  readonly #s3: S3mini;
  readonly #prefix: string;
  readonly #againAfterMs: readonly number[];
  /** Until the bucket says otherwise. */
  #knowsIfAbsent = true;

  /** @param againAfterMs the waits before a request is sent once more */
  constructor(bucket: Bucket, againAfterMs: readonly number[] = AGAIN_AFTER_MS) {
    this.#prefix = bucket.prefix;
    this.#againAfterMs = againAfterMs;
    this.#s3 = new S3mini({
      endpoint: bucket.endpoint,
      region: bucket.region,
      accessKeyId: bucket.key,
      secretAccessKey: bucket.secret,
      requestAbortTimeout: ANSWER_WITHIN_MS,
    });
  }

  async put(id: string, part: PartName, bytes: Uint8Array): Promise<boolean> {
    const key = this.#keyOf(id, part);
    if (part === "thumb") return this.#put(key, bytes);
    if (this.#knowsIfAbsent && (await this.#put(key, bytes, IF_ABSENT))) return true;
    const stored = await this.get(id, part);
    if (stored) return Buffer.compare(stored, bytes) === 0;
    // The bucket knows no condition, or the file has been deleted meanwhile.
    return this.#put(key, bytes);
  }

  /** @returns false if it was not stored because of the condition */
  #put(
    key: string,
    bytes: Uint8Array,
    condition: Partial<typeof IF_ABSENT> = {},
  ): Promise<boolean> {
    return this.#ask(
      async () => {
        const response = await this.#s3.putObject(key, bytes, undefined, undefined, condition);
        await response.arrayBuffer();
        return true;
      },
      ({ status }) => {
        const isUnknown = condition === IF_ABSENT && status === NOT_IMPLEMENTED;
        if (isUnknown) this.#knowsIfAbsent = false;
        return isUnknown || status === THERE_ALREADY ? { is: false } : undefined;
      },
    );
  }

  async get(
    id: string,
    part: PartName,
    range?: { readonly from: number; readonly to: number },
  ): Promise<Uint8Array | undefined> {
    const key = this.#keyOf(id, part);
    if (range) checkRange(range);
    return this.#ask(
      async () => {
        const response = await this.#s3.getObjectRaw(key, !range, range?.from, range?.to);
        return new Uint8Array(await response.arrayBuffer());
      },
      ({ status, code }) => {
        if (status === 404 && code !== "NoSuchBucket") return { is: undefined };
        return status === 416 ? { is: new Uint8Array() } : undefined;
      },
    );
  }

  async has(id: string): Promise<readonly StoredPart[]> {
    checkStoreId(id);
    const folder = `${this.#prefix}${id}/`;
    const objects = await this.#ask(() => this.#s3.listObjects("/", folder));
    if (!objects) throw new FilesUnavailable("There is no such bucket.");
    return objects.flatMap(({ Key, Size }) => {
      const name = partNamed(Key.slice(folder.length));
      return name === undefined ? [] : { name, bytes: Size };
    });
  }

  async *list(): AsyncIterable<readonly string[]> {
    let token: string | undefined;
    do {
      const after = token;
      const page = await this.#ask(() =>
        this.#s3.listObjectsPaged("/", this.#prefix, LISTED_AT_ONCE, after, { delimiter: "/" }),
      );
      if (!page) throw new FilesUnavailable("There is no such bucket.");
      const ids = (page.objects ?? [])
        .filter(({ Key }) => Key.endsWith("/"))
        .map(({ Key }) => Key.slice(this.#prefix.length, -1))
        .filter((id) => isStoreId(id));
      if (ids.length > 0) yield ids;
      token = page.nextContinuationToken;
    } while (token !== undefined);
  }

  async delete(id: string): Promise<void> {
    const parts = [...(await this.has(id))];
    while (parts.length > 0) {
      const keys = parts.splice(0, DELETED_AT_ONCE).map(({ name }) => this.#keyOf(id, name));
      await Promise.all(keys.map((key) => this.#ask(() => this.#s3.deleteObject(key))));
    }
  }

  async close(): Promise<void> {}

  #keyOf(id: string, part: PartName): string {
    checkStoreId(id);
    checkPart(part);
    return `${this.#prefix}${id}/${part}`;
  }

  /**
   * Sends a request, and once more if it failed in a way that passes.
   * @param expected what a refusal means that is no failure
   */
  async #ask<Answer>(
    send: () => Promise<Answer>,
    expected?: (refusal: ReturnType<typeof refusalOf>) => { readonly is: Answer } | undefined,
  ): Promise<Answer> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await send();
      } catch (error) {
        const refusal = refusalOf(error);
        const answer = expected?.(refusal);
        if (answer) return answer.is;
        if (refusal.isNoSpace) throw new NoSpace(says(refusal));
        const wait = this.#againAfterMs[tries];
        if (wait === undefined || !isPassing(refusal)) throw new FilesUnavailable(says(refusal));
        await pause(wait);
      }
    }
  }
}
