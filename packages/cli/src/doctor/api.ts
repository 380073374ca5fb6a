import { FILE_PART_BYTES } from "@parley/protocol";
import { reasonOf, ask, objectIn, shownOf, type HttpAnswer } from "./ask.ts";
import { fail, ok, warn, type Finding } from "./finding.ts";

/** How long an event may take, in ms; one that a proxy buffers does not come at all. */
const EVENT_WITHIN_MS = 15_000;
/** The longest message, in characters, each of two bytes. */
const LONGEST = "é".repeat(4_000);
/** As large as a part of a file: more than a message may be. */
const TOO_LARGE = "x".repeat(FILE_PART_BYTES);
/** A poll that ends this much too early was cut, in ms. */
const EARLY_MS = 1_000;

const NO_BUFFER =
  "Let the proxy buffer and compress no answer: proxy_buffering off in nginx, http-no-delay in HAProxy.";

/** Posts the longest message, and a body as large as a part of a file. */
export async function* checkBodies(room: URL): AsyncGenerator<Finding> {
  const longest = await post(room, LONGEST);
  yield statusOf(longest) === 201
    ? ok("body", "The longest message gets through.")
    : fail(
        "body",
        `The longest message: ${shownOf(longest)}`,
        "Let bodies of 256 KiB through the proxy: client_max_body_size in nginx.",
      );
  const large = await post(room, TOO_LARGE);
  const error = typeof large === "string" ? undefined : objectIn(large.text)?.["error"];
  const isOurs = statusOf(large) === 413 && JSON.stringify(error)?.includes("body_too_large");
  yield isOurs
    ? ok("large body", "The server itself refuses it, and says why.")
    : warn(
        "large body",
        shownOf(large),
        "Let bodies of 256 KiB through the proxy: files come in parts of that size.",
      );
}

/**
 * Follows the room as server-sent events; each must arrive as it happens.
 * @param withinMs how long one may take
 */
export async function checkEvents(room: URL, withinMs = EVENT_WITHIN_MS): Promise<Finding> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), withinMs);
  let isOpen = false;
  try {
    const response = await fetch(new URL("events", room), { signal: giveUp.signal });
    const type = response.headers.get("content-type") ?? "";
    if (!response.ok || !type.startsWith("text/event-stream") || !response.body) {
      const text = `/events: ${response.status} ${type}`;
      return fail("events", text, "Update the server, or let the proxy pass /api on.");
    }
    const text = `doctor ${crypto.randomUUID()}`;
    const decoder = new TextDecoder();
    let received = "";
    for await (const chunk of response.body) {
      received += decoder.decode(chunk, { stream: true });
      if (received.includes(text)) return ok("events", "Each comes as it happens.");
      if (isOpen || !received.includes('"joined"')) continue;
      isOpen = true;
      const said = await post(room, text);
      if (statusOf(said) !== 201)
        return fail("events", shownOf(said), "See the log of the server.");
    }
    return fail("events", "The stream ended.", "Let the proxy hold answers open for 60 s.");
  } catch (error) {
    if (!giveUp.signal.aborted) return fail("events", reasonOf(error), NO_BUFFER);
    const what = isOpen ? "An event" : "The first event";
    return fail("events", `${what} did not come within ${withinMs / 1_000} s.`, NO_BUFFER);
  } finally {
    clearTimeout(timer);
    giveUp.abort();
  }
}

/**
 * Polls for an event that does not come.
 * @param seconds how long the poll is held
 */
export async function checkPoll(room: URL, seconds: number): Promise<Finding> {
  const head = await ask(new URL("messages?limit=1", room));
  const after = typeof head === "string" ? undefined : objectIn(head.text)?.["head"];
  if (typeof after !== "number")
    return fail("long poll", shownOf(head), "See the log of the server.");
  const url = new URL(`messages?after=${after}&wait=${seconds}`, room);
  const answer = await ask(url, {}, seconds * 1_000);
  const isWhole =
    statusOf(answer) === 200 && (answer as HttpAnswer).ms > seconds * 1_000 - EARLY_MS;
  if (isWhole) return ok("long poll", `Was held for ${seconds} s.`);
  const ms = typeof answer === "string" ? "" : `, after ${(answer.ms / 1_000).toFixed(1)} s`;
  return fail(
    "long poll",
    `${shownOf(answer)}${ms}`,
    "Let the proxy wait 60 s for an answer: proxy_read_timeout in nginx, timeout server in HAProxy.",
  );
}

function post(room: URL, body: string): Promise<HttpAnswer | string> {
  return ask(new URL("messages?name=doctor", room), { method: "POST", body });
}

function statusOf(answer: HttpAnswer | string): number | undefined {
  return typeof answer === "string" ? undefined : answer.status;
}
