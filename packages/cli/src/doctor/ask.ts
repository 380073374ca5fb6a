/** How long an answer may take beyond its wait, in ms. */
const ANSWER_WITHIN_MS = 15_000;
/** How much of an unexpected answer is shown, in characters. */
const SHOWN_MAX = 80;

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** How long it took, in ms. */
  readonly ms: number;
}

/**
 * Sends a request.
 * @param waitMs how long the server may hold the answer
 * @returns a text that says why, if there was no answer
 */
export async function ask(
  url: URL,
  init: RequestInit = {},
  waitMs = 0,
): Promise<HttpAnswer | string> {
  const from = performance.now();
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS + waitMs);
    const response = await fetch(url, { redirect: "manual", ...init, signal });
    const text = await response.text();
    const { status, headers } = response;
    return { status, headers, text, ms: performance.now() - from };
  } catch (error) {
    return reasonOf(error);
  }
}

/** The error of a connection, in the system's own words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.message;
}

/** Describes an unexpected answer. */
export function shownOf(answer: HttpAnswer | string): string {
  if (typeof answer === "string") return `no answer (${answer})`;
  const { status, text } = answer;
  return `${status} ${text.trim().slice(0, SHOWN_MAX)}`;
}

/** A JSON object; undefined for anything else. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
