/** How long an answer may take, in ms, beside what it has to wait for. */
const ANSWER_WITHIN_MS = 15_000;
/** Of an answer that is not understood, so much is shown. */
const SHOWN_MAX = 80;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** How long it took, in ms. */
  readonly ms: number;
}

/** Asks for something; gives why there was no answer as a text. */
export async function ask(url: URL, init: RequestInit = {}, waitMs = 0): Promise<Answer | string> {
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

/** What went wrong with a connection, in the system's own words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  if ("code" in error && typeof error.code === "string") return error.code;
  return error.message;
}

/** What came instead of what was expected. */
export function shownOf(answer: Answer | string): string {
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
