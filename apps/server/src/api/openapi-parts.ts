import { ref, type Json } from "./openapi-schemas.ts";

/** Parameters that several requests have. */
export const parameters = {
  room: {
    name: "room",
    in: "path",
    required: true,
    description: "The room code: 1 to 64 letters, digits, dashes or underscores.",
    schema: { type: "string", pattern: "^[A-Za-z0-9_-]{1,64}$" },
  },
  name: query("name", "The name that others see: 1 to 32 characters. Without it, a guest's.", {
    type: "string",
  }),
  idempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description: "The id of the message. The same id with the same token is never said twice.",
    schema: { type: "string", pattern: "^[A-Za-z0-9_.:-]{1,64}$" },
  },
  member: path("member", "The id of a member, as from.id says it."),
  via: query("via", "The id of an entry of theirs, for somebody who is not there.", {
    type: "string",
  }),
  lastEventId: {
    name: "Last-Event-ID",
    in: "header",
    description: "The id of the last event that came: EPOCH.SEQ.ID.",
    schema: { type: "string" },
  },
} as const;

/** A request on a room. */
export function operation(summary: string, rest: Json): Json {
  const own = (rest["parameters"] as readonly Json[] | undefined) ?? [];
  const responses = rest["responses"] as Json;
  return {
    summary,
    ...rest,
    parameters: [parameters.room, ...own],
    responses: { ...responses, default: json("A refusal, with a stable code", ref("Refusal")) },
  };
}

export function query(name: string, description: string, schema: Json) {
  return { name, in: "query", description, schema } as const;
}

export function path(name: string, description: string) {
  return { name, in: "path", required: true, description, schema: { type: "string" } } as const;
}

export function json(description: string, schema: Json): Json {
  return { description, content: { "application/json": { schema } } };
}
