import type { HttpBindings } from "@hono/node-server";
import {
  canonicalName,
  canonicalRoomId,
  JSON_PARTS_MAX,
  refusal,
  shapeOf,
  Token,
  type Member,
} from "@parley/protocol";
import type { Context } from "hono";
import type { IncomingMessage } from "node:http";
import * as v from "valibot";
import { guestName, mintToken, publicId } from "../identity.ts";
import { BODY_BYTES_MAX } from "../limits/limits.ts";
import type { Rooms } from "../rooms/rooms.ts";
import { ApiError } from "./errors.ts";
import { GrowingBuffer } from "./growing-buffer.ts";

/** What handlers know of a request beside what hono gives them. */
export interface ApiEnv {
  Bindings: HttpBindings;
  Variables: {
    /** The network address it came from, as far as the host trusts it. */
    address: string;
  };
}

export type ApiContext = Context<ApiEnv>;

/** Who asks. */
export interface Caller {
  readonly token: string;
  /** Whether they brought the token, or it was made for them. */
  readonly isKnown: boolean;
  readonly name: string | undefined;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The room that the path names, in its canonical form. @throws ApiError `bad_room` */
export function roomOf(c: ApiContext): string {
  const roomId = canonicalRoomId(c.req.param("room") ?? "");
  if (roomId === undefined) throw ApiError.of(refusal("bad_room"));
  return roomId;
}

/**
 * Who asks: the member with the bearer token, or a new one; under the name in the query.
 * @throws ApiError `bad_token`, also for an empty one, and `bad_name`
 */
export function callerOf(c: ApiContext): Caller {
  const name = c.req.query("name");
  const token = bearerOf(c.req.header("authorization"));
  return {
    token: token ?? mintToken(),
    isKnown: token !== undefined,
    name: name === undefined ? undefined : nameOf(name),
  };
}

/**
 * A name as members are shown it.
 * @throws ApiError `bad_name`
 */
export function nameOf(text: unknown): string {
  const name = typeof text === "string" ? canonicalName(text) : undefined;
  if (name === undefined) throw ApiError.of(refusal("bad_name"));
  return name;
}

/**
 * The member who asks, in a room: under the name that they gave, the name that they have there, or
 * a generated one. A token that was made just now is told in the header `Parley-Token`.
 */
export function memberOf(c: ApiContext, rooms: Rooms, roomId: string, caller: Caller): Member {
  if (!caller.isKnown) c.header("Parley-Token", caller.token);
  const id = publicId(caller.token, roomId);
  return { id, name: caller.name ?? rooms.nameOf(roomId, id) ?? guestName(id) };
}

/** A whole number of the query. @throws ApiError `bad_parameter` */
export function numberOf(
  c: ApiContext,
  parameter: string,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  const text = c.req.query(parameter);
  if (text === undefined) return undefined;
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return number;
  throw ApiError.http("bad_parameter", `"${parameter}" is a whole number from ${min} to ${max}.`);
}

/** The body as text. @throws ApiError `not_unicode`, `unsupported_body`, `body_too_large` */
export async function textOf(c: ApiContext, bytesMax = BODY_BYTES_MAX): Promise<string> {
  const type = c.req.header("content-type") ?? "";
  if (/^multipart\//i.test(type)) throw ApiError.http("unsupported_body");
  const bytes = await bytesOf(c.env.incoming, bytesMax);
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw ApiError.of(refusal("not_unicode", undefined, "The body is not UTF-8."));
  }
}

/**
 * The body. Reading stops at the limit.
 * @param tooLarge replaces the standard sentence for a body over the limit
 * @throws ApiError `body_too_large`, `body_cut_off`
 */
export async function bytesOf(
  incoming: IncomingMessage,
  bytesMax: number,
  tooLarge?: string,
): Promise<Buffer> {
  const body = new GrowingBuffer(bytesMax);
  for await (const chunk of chunksOf(incoming)) {
    if (chunk.length > body.free) throw ApiError.http("body_too_large", tooLarge);
    body.add(chunk);
  }
  return body.take();
}

/**
 * A body, in parts of so many bytes; none if it is empty. The last one may be shorter.
 * @throws ApiError `body_cut_off`
 */
export async function* partsOf(
  incoming: IncomingMessage,
  partBytes: number,
): AsyncGenerator<Buffer, undefined> {
  const part = new GrowingBuffer(partBytes);
  for await (const chunk of chunksOf(incoming)) {
    let rest = chunk;
    while (rest.length > 0) {
      const fitting = rest.subarray(0, part.free);
      rest = rest.subarray(fitting.length);
      part.add(fitting);
      if (part.free === 0) yield part.take();
    }
  }
  if (part.length > 0) yield part.take();
  return undefined;
}

/** A body, as it arrives. @throws ApiError `body_cut_off` */
async function* chunksOf(incoming: IncomingMessage): AsyncGenerator<Buffer, void> {
  // The answer needs the socket: a body that is not read to its end is left there.
  const body = incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  try {
    yield* body;
  } catch (error) {
    // The client went away, or took too long: no fault of the server.
    if (incoming.destroyed) throw ApiError.http("body_cut_off");
    throw error;
  }
}

/**
 * The body as a JSON object.
 * @throws ApiError `too_deep`, `bad_json`, `bad_frame`, and those of {@link textOf}
 */
export async function objectOf(
  c: ApiContext,
  bytesMax = BODY_BYTES_MAX,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await textOf(c, bytesMax);
  checkDepth(text);
  const value = jsonOf(text);
  if (value === undefined) throw ApiError.of(refusal("bad_json"));
  if (!isRecord(value)) throw ApiError.of(refusal("bad_frame", undefined, "Send a JSON object."));
  return value;
}

/**
 * Refuses JSON that nests so deeply that `JSON.stringify` could exhaust the stack. Whether a frame
 * nests too deeply is for its decoder to say: none that it takes has more levels than parts.
 * @throws ApiError `too_deep`
 */
export function checkDepth(json: string): void {
  if (shapeOf(json).depth > JSON_PARTS_MAX) throw ApiError.of(refusal("too_deep"));
}

/** What a text says as JSON; undefined if it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Answers with JSON on a line of its own, which a terminal shows well. */
export function answerJson(c: ApiContext, value: unknown, status: 200 | 201 = 200): Response {
  c.header("Content-Type", "application/json");
  return c.body(`${JSON.stringify(value)}\n`, status);
}

function bearerOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, token] = /^Bearer +(\S+)$/i.exec(header.trim()) ?? [];
  if (token === undefined || !v.is(Token, token)) throw ApiError.of(refusal("bad_token"));
  return token;
}
