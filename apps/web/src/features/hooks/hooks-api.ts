import { roomApiPath } from "@parley/protocol";
import { ownToken } from "../../storage/identity.ts";
import { isNumber, isText, optional, shape, type Guard } from "../../storage/stored.ts";

/** How long an answer may take, in ms: the server waits 10 s for the target of a webhook. */
const ANSWER_WITHIN_MS = 20_000;

/** A hook, which writes in the room, or a webhook, which receives its messages. */
export interface HookInfo {
  readonly id: string;
  readonly name: string;
  readonly kind: "in" | "out";
  /** The public id of the member who made it. */
  readonly createdBy: string;
  /** The host that a webhook sends to. */
  readonly host?: string | undefined;
  readonly state?: WebhookState | undefined;
}

type WebhookState = "on" | "failing" | "off";

/** A new hook; its secrets are shown here and never again. */
export interface MadeHook extends HookInfo {
  /** The path that a hook takes messages at. */
  readonly url?: string | undefined;
  /** The secret that signs a webhook's requests. */
  readonly secret?: string | undefined;
}

/** What became of a test. */
export interface TestResult {
  readonly is: "answered" | "forbidden" | "late" | "unreachable";
  readonly status?: number | undefined;
  readonly arrived: boolean;
}

/** What to make. */
export type NewHook =
  | { readonly kind: "in"; readonly name: string }
  | { readonly kind: "out"; readonly name: string; readonly url: string };

/** The server refused, with a stable code, or gave no answer. */
export class HookError extends Error {
  readonly code: string;
  /** How long to wait before the next try, in ms. */
  readonly retryAfter: number | undefined;

  constructor(code: string, retryAfter?: number) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** No answer came, or not the server's. */
export const NO_ANSWER = "no_answer";

/** Who asks, in which room. */
interface Place {
  readonly roomId: string;
  readonly name: string;
}

function oneOf<T extends string>(...values: readonly T[]): Guard<T> {
  return (value): value is T => values.some((each) => each === value);
}

const hookShape = {
  id: isText,
  name: isText,
  kind: oneOf("in", "out"),
  createdBy: isText,
  host: optional(isText),
  state: optional(oneOf<WebhookState>("on", "failing", "off")),
};
const isHook = shape<HookInfo>(hookShape);
const isMadeHook = shape<MadeHook>({
  ...hookShape,
  url: optional(isText),
  secret: optional(isText),
});
const isListing = shape<{ hooks: readonly HookInfo[] }>({
  hooks: (value): value is readonly HookInfo[] => Array.isArray(value) && value.every(isHook),
});
const isTestResult = shape<TestResult>({
  is: oneOf("answered", "forbidden", "late", "unreachable"),
  status: optional(isNumber),
  arrived: (value): value is boolean => typeof value === "boolean",
});
const isNothing = (value: unknown): value is undefined => value === undefined;
const isRefused = shape<{ error: { code: string; retryAfter?: number | undefined } }>({
  error: shape({ code: isText, retryAfter: optional(isNumber) }),
});

/** The hooks of a room, those first that were made first. @throws HookError */
export async function listHooks(place: Place): Promise<readonly HookInfo[]> {
  return (await ask(place, "GET", "", isListing)).hooks;
}

/** @throws HookError */
export function makeHook(place: Place, hook: NewHook): Promise<MadeHook> {
  return ask(place, "POST", "", isMadeHook, JSON.stringify(hook));
}

/** Has a hook write a test, or sends one to a webhook's target. @throws HookError */
export function testHook(place: Place, id: string): Promise<TestResult> {
  return ask(place, "POST", `/${id}/test`, isTestResult);
}

/** @throws HookError */
export function revokeHook(place: Place, id: string): Promise<undefined> {
  return ask(place, "DELETE", `/${id}`, isNothing);
}

async function ask<T>(
  { roomId, name }: Place,
  method: "GET" | "POST" | "DELETE",
  path: string,
  is: Guard<T>,
  body?: string,
): Promise<T> {
  const hooks = `/hooks${path}?name=${encodeURIComponent(name)}`;
  const answer = await fetch(roomApiPath(roomId, hooks), {
    method,
    headers: { Authorization: `Bearer ${ownToken()}` },
    cache: "no-store",
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    ...(body === undefined ? {} : { body }),
  })
    .then(readAnswer)
    // oxlint-disable-next-line house/no-bare-catch -- a failure of the network looks like any other
    .catch(() => undefined);
  if (answer?.ok && is(answer.value)) return answer.value;
  if (!isRefused(answer?.value)) throw new HookError(NO_ANSWER);
  const { code, retryAfter } = answer.value.error;
  throw new HookError(code, retryAfter);
}

async function readAnswer(response: Response) {
  const text = await response.text();
  const value: unknown = text === "" ? undefined : JSON.parse(text);
  return { ok: response.ok, value };
}
