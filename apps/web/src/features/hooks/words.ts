import { unreachable } from "@parley/protocol";
import { NO_ANSWER, type HookInfo, type HookError, type TestResult } from "./hooks-api.ts";

/** What to say of each refusal, by its stable code. */
const refusals: Readonly<Record<string, string>> = {
  [NO_ANSWER]: "The server did not answer. Check your connection, then look at the list again.",
  bad_name: "Give it a name of up to 32 characters.",
  bad_parameter: "The address must begin with https:// and be reachable from the internet.",
  bad_token: "This browser is not known here. Leave the room and join it again.",
  token_needed: "This browser is not known here. Leave the room and join it again.",
  unknown_hook: "It is gone: somebody has revoked it.",
  too_many_hooks: "This room has 20 hooks, the most that it can have. Revoke one first.",
  too_many_webhooks: "This room has 5 webhooks, the most that it can have. Revoke one first.",
  webhooks_off: "This server sends nothing to other hosts.",
  origin_not_allowed: "The server does not take requests from this page.",
  unavailable: "The server cannot store anything now. Try again in a moment.",
  storage_full: "The server has no space left. Tell the person who runs it.",
  restarting: "The server is restarting. Try again in a moment.",
  internal: "Something went wrong on the server. Try again.",
};

/** What to tell of a refusal. A code that is not known here stands in the sentence. */
export function refusalText({ code, retryAfter = 0 }: HookError): string {
  if (code === "rate_limited") return `That was too often. Try again ${inWords(retryAfter)}.`;
  return refusals[code] ?? `The server refused it (${code}).`;
}

function inWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds === 1) return "in a second";
  return seconds <= 90 ? `in ${seconds} seconds` : `in ${Math.ceil(seconds / 60)} minutes`;
}

/** What became of a test. */
export function testText({ kind, host }: HookInfo, { is, status, arrived }: TestResult): string {
  if (kind === "in") return "It works: the test is in the room.";
  const target = host ?? "The address";
  switch (is) {
    case "answered":
      return arrived
        ? `It works: ${target} answered with ${status}.`
        : `${target} answered with ${status}. Only 200 to 299 say that it was taken.`;
    case "forbidden":
      return `Nothing was sent: ${target} is inside a private network.`;
    case "late":
      return `${target} did not answer within 10 seconds.`;
    case "unreachable":
      return `${target} cannot be reached.`;
    default:
      return unreachable(is);
  }
}

/** The state of a webhook, if it is not simply on. */
export function stateText({ state }: HookInfo): string | undefined {
  switch (state) {
    case "failing":
      return "Failing. It is tried again.";
    case "off":
      return "Off. A test that arrives turns it on.";
    case "on":
    case undefined:
      return undefined;
    default:
      return unreachable(state);
  }
}
