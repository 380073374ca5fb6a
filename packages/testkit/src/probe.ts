/** How long an answer may take, in ms: who probes asks again. */
const ANSWER_MS = 5_000;

/** What a server answers to a probe. */
interface Answer {
  readonly isOk: boolean;
  readonly text: string;
}

/** Asks a server once; undefined if it does not answer in time, or not to the end. */
export async function probe(url: string, withinMs = ANSWER_MS): Promise<Answer | undefined> {
  const target = new URL(url);
  try {
    const answer = await fetch(target, { signal: AbortSignal.timeout(withinMs) });
    return { isOk: answer.ok, text: await answer.text() };
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === "TimeoutError";
    // A refused or broken connection.
    if (isLate || (error instanceof TypeError && error.cause !== undefined)) return undefined;
    throw error;
  }
}
