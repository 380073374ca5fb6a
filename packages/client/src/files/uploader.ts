import { FILE_PART_BYTES, type FileInfo, type Refusal } from "@parley/protocol";
import { nextWait, rested } from "../backoff.ts";
import type { Clock } from "../clock.ts";
import { RefusedError } from "../refused-error.ts";
import { reportBug } from "../report-bug.ts";
import type { FileUploads } from "./file-uploads.ts";
import type { PendingFile, PendingFiles } from "./pending-files.ts";
import { ConnectionLost, type putBytes, type PutAnswer } from "./put-bytes.ts";

/** How far the upload of one file is. */
export interface UploadProgress {
  /** How many bytes the server has, or are on their way. */
  readonly sent: number;
  readonly is: "running" | "waiting" | "paused" | "done";
  /** Why it waits: the last temporary refusal. */
  readonly why?: string;
}

export interface UploaderDeps {
  /** The address of the room's files, such as `/api/rooms/lobby/files`. */
  readonly address: string;
  /** What is added to each address, such as `?via=…`. */
  readonly query: string;
  /** The member's token; undefined before the first join. */
  readonly token: () => string | undefined;
  readonly files: PendingFiles;
  readonly onProgress: (fileId: string, progress: UploadProgress) => void;
  readonly put: typeof putBytes;
  readonly clock: Clock;
  readonly random: () => number;
  /** Calls back when the network is back; returns a function that stops it. */
  readonly onOnline: (online: () => void) => () => void;
}

/** Uploads that can be paused. */
export interface Uploader extends FileUploads {
  pause(fileIds: readonly string[]): void;
  resume(fileIds: readonly string[]): void;
}

/** Parts that are on their way at once: a server takes no more from one person. */
const PARTS_AT_ONCE = 3;

/**
 * Each part asks for a connection of its own. Over one that is cut after some bytes, the next part
 * would be lost half-way, and browsers send it again without a word.
 */
const PART_HEADERS = {
  "Content-Type": "application/octet-stream",
  "Parley-Connection": "close",
};

const GONE: Refusal = {
  code: "unknown_file",
  message: "This device does not have the file any more.",
  temporary: false,
};

/** Why a try failed, and when the next may come, in ms. */
interface Failure {
  readonly why?: string;
  readonly retryAfter?: number | undefined;
}

/** Uploads pending files in parts. After a failure it asks which parts are missing (SPEC B1). */
export function createUploader(deps: UploaderDeps): Uploader {
  const paused = new Set<string>();
  /** Ends the present try of each file, so that it looks again at whether it may go on. */
  const tries = new Map<string, AbortController>();
  const wakeUps = new Set<() => void>();
  const turns = createTurns(PARTS_AT_ONCE);
  const wake = () => {
    for (const wakeUp of wakeUps) wakeUp();
  };

  /** Waits for a time, for the network, or for a resumption, whatever is first. */
  const rest = async (ms: number | undefined, signal: AbortSignal): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = () => resolve();
    const cancel = ms === undefined ? undefined : deps.clock.after(ms, end);
    const stopListening = deps.onOnline(end);
    wakeUps.add(end);
    signal.addEventListener("abort", end);
    await promise;
    cancel?.();
    stopListening();
    wakeUps.delete(end);
    signal.removeEventListener("abort", end);
  };

  const uploadFile = async (info: FileInfo, ended: AbortSignal): Promise<void> => {
    const now = { sent: 0, backoff: rested };
    const tell = (is: UploadProgress["is"], why?: string) =>
      deps.onProgress(info.id, { sent: now.sent, is, ...(why !== undefined && { why }) });
    const onSent = (bytes: number) => {
      now.sent = bytes;
      tell("running");
    };
    while (!ended.aborted) {
      if (paused.has(info.id)) {
        tell("paused");
        await rest(undefined, ended);
        continue;
      }
      const attempt = new AbortController();
      tries.set(info.id, attempt);
      tell("running");
      const { sent } = now;
      const signal = AbortSignal.any([ended, attempt.signal]);
      const failure = await sendFile(info, signal, onSent);
      tries.delete(info.id);
      if (!failure) return tell("done");
      if (signal.aborted) continue;
      // What proceeds is tried again soon.
      const { wait, backoff } = nextWait(
        now.sent > sent ? rested : now.backoff,
        deps.random,
        failure.retryAfter,
      );
      now.backoff = backoff;
      tell("waiting", failure.why);
      await rest(wait, ended);
    }
  };

  /** @returns why this try failed; undefined if the file is stored */
  const sendFile = async (
    info: FileInfo,
    signal: AbortSignal,
    onSent: (bytes: number) => void,
  ): Promise<Failure | undefined> => {
    try {
      const file = await deps.files.get(info.id);
      if (!file) throw new RefusedError(GONE);
      const { id, name, type, size } = info;
      const head = JSON.stringify({ name, type, size });
      const begun = await ask(`/${id}`, head, signal, { "Content-Type": "application/json" });
      if (info.thumb && file.thumb) {
        await ask(`/${id}/thumb`, file.thumb, signal, { "Content-Type": file.thumb.type });
      }
      await sendParts(file, missingOf(begun), signal, onSent);
      return undefined;
    } catch (error) {
      if (error instanceof ConnectionLost) return {};
      if (error instanceof RefusedError && error.refusal.temporary) {
        return { why: error.refusal.message, retryAfter: error.refusal.retryAfter };
      }
      throw error;
    }
  };

  const sendParts = async (
    { id, bytes }: PendingFile,
    missing: readonly number[],
    signal: AbortSignal,
    onSent: (bytes: number) => void,
  ): Promise<void> => {
    const onWay = new Map<number, number>();
    const sizeOf = (part: number) => Math.min(FILE_PART_BYTES, bytes.size - part * FILE_PART_BYTES);
    let answered = bytes.size - missing.reduce((sum, part) => sum + sizeOf(part), 0);
    const tell = () => onSent(answered + [...onWay.values()].reduce((sum, sent) => sum + sent, 0));
    tell();
    let failuresInARow = 0;
    const sending = missing.map((part) =>
      turns(async () => {
        // Without a network, the other parts would fail, too.
        if (signal.aborted || failuresInARow >= PARTS_AT_ONCE) throw new ConnectionLost();
        const from = part * FILE_PART_BYTES;
        const body = bytes.slice(from, from + sizeOf(part));
        const digest = await digestOf(body);
        const headers = { ...PART_HEADERS, ...digest };
        try {
          await ask(`/${id}/${part}`, body, signal, headers, (sent) => {
            onWay.set(part, Math.min(sent, body.size));
            tell();
          });
          answered += body.size;
          failuresInARow = 0;
        } catch (error) {
          failuresInARow += 1;
          throw error;
        } finally {
          onWay.delete(part);
        }
        tell();
      }),
    );
    const results = await Promise.allSettled(sending);
    const failed = results.filter((result) => result.status === "rejected");
    // A refusal for good matters more than a lost connection.
    const worst = failed.find(({ reason }) => !(reason instanceof ConnectionLost)) ?? failed[0];
    if (worst) throw worst.reason;
  };

  const ask = async (
    path: string,
    body: Blob | string,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>>,
    onSent?: (bytes: number) => void,
  ): Promise<unknown> => {
    const url = `${deps.address}${path}${deps.query}`;
    const authorization = { Authorization: `Bearer ${deps.token() ?? ""}` };
    const answer = await deps.put(url, body, {
      headers: { ...headers, ...authorization },
      signal,
      ...(onSent && { onSent }),
    });
    if (answer.status >= 300) throw failureOf(answer);
    return answer.body;
  };

  return {
    upload(files, done) {
      const ended = new AbortController();
      void Promise.all(files.map((info) => uploadFile(info, ended.signal))).then(
        () => !ended.signal.aborted && done(),
        (error: unknown) => {
          const isStopped = ended.signal.aborted;
          ended.abort();
          if (!(error instanceof RefusedError)) reportBug(error);
          else if (!isStopped) done(error.refusal);
        },
      );
      return () => ended.abort();
    },
    forget(files, isSent) {
      const ids = files.map(({ id }) => id);
      for (const id of ids) paused.delete(id);
      void deps.files.remove(ids);
      if (isSent) return;
      for (const id of ids) void deleteFile(`${deps.address}/${id}${deps.query}`, deps.token());
    },
    pause(fileIds) {
      for (const id of fileIds) {
        paused.add(id);
        tries.get(id)?.abort();
      }
      wake();
    },
    resume(fileIds) {
      for (const id of fileIds) paused.delete(id);
      wake();
    },
  };
}

/** Best effort: the server deletes what is not sent within a day. */
async function deleteFile(url: string, token: string | undefined): Promise<void> {
  const headers = { Authorization: `Bearer ${token ?? ""}` };
  // oxlint-disable-next-line house/no-bare-catch -- a failure of the network looks like any other
  await fetch(url, { method: "DELETE", headers }).catch(() => undefined);
}

function missingOf(begun: unknown): readonly number[] {
  const { missing } = Object(begun) as { readonly missing?: unknown };
  const isList = Array.isArray(missing) && missing.every(Number.isSafeInteger);
  // A proxy answers in place of the server.
  if (!isList) throw new ConnectionLost();
  return missing as number[];
}

/** What a refused request means: a proxy's answers are failures of the connection. */
function failureOf({ status, body }: PutAnswer): Error {
  const { error } = Object(body) as { readonly error?: Refusal };
  if (typeof error?.code === "string" && typeof error.message === "string") {
    return new RefusedError(error);
  }
  const isForGood = status < 500 && status !== 408 && status !== 429;
  const message = `The server answered with ${status}.`;
  return isForGood
    ? new RefusedError({ code: "files_off", message, temporary: false })
    : new ConnectionLost();
}

/** The digest of a part, where the browser can compute it: in secure contexts only. */
async function digestOf(body: Blob): Promise<Readonly<Record<string, string>>> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (!subtle) return {};
  const digest = new Uint8Array(await subtle.digest("SHA-256", await body.arrayBuffer()));
  return { "Content-Digest": `sha-256=:${btoa(String.fromCharCode(...digest))}:` };
}

/** Runs at most so many at once, the others in the order of their calls. */
function createTurns(max: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < max) running += 1;
    else {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      await promise;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
