import { S3NetworkError, S3ServiceError } from "s3mini";

/** Why a request has failed. Never the error itself: it may hold parts of the credentials. */
interface S3Refusal {
  /** Undefined: there was no answer, or none that was whole. */
  readonly status: number | undefined;
  /** Such as `SlowDown`, or the system's word, such as `ECONNREFUSED`. */
  readonly code: string;
  readonly isNoSpace: boolean;
}

/** What servers call a bucket or a disk that is full; most have a word of their own. */
const NO_SPACE = /quota|storage_?full|cap_?exceeded|insufficient_?(?:storage|capacity)|diskfull/i;
const INSUFFICIENT_STORAGE = 507;
const CODE = /<Code>([\w.-]{1,80})<\/Code>/;

/**
 * Reads what s3mini threw.
 * @throws an error that is a bug
 */
export function refusalOf(error: unknown): S3Refusal {
  if (error instanceof S3ServiceError) {
    const { status, body = "" } = error;
    const code = CODE.exec(body)?.[1] ?? "Unknown";
    return { status, code, isNoSpace: status === INSUFFICIENT_STORAGE || NO_SPACE.test(code) };
  }
  if (!isNoAnswer(error)) throw error;
  return { status: undefined, code: wordOf(error), isNoSpace: false };
}

/** Whether the same request may succeed soon. */
export function isPassing({ status }: S3Refusal): boolean {
  // 409: something else was done to the object at the same time.
  return status === undefined || status >= 500 || [408, 409, 429].includes(status);
}

/** For the log. */
export function says({ status, code }: S3Refusal): string {
  return status === undefined ? `S3 does not answer (${code})` : `S3 answers ${status} (${code})`;
}

/** `fetch` rejects with a TypeError that has a cause if a connection fails or ends too early. */
function isNoAnswer(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (error instanceof TypeError) return error.cause instanceof Error;
  return error instanceof S3NetworkError || error.name === "TimeoutError";
}

function wordOf(error: Error): string {
  for (const found of [error, error.cause]) {
    const code = found instanceof Error && "code" in found ? found.code : undefined;
    if (typeof code === "string") return code;
  }
  return error.name;
}
