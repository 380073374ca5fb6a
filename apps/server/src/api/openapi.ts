import { JOIN_MESSAGES, PAGE_ENTRIES_MAX, PROTOCOL_VERSION } from "@parley/protocol";
import { BODY_BYTES_MAX, FRAMES_PER_REQUEST_MAX, POLL_SECONDS_MAX } from "../limits/limits.ts";
import { frame, ref, schemas, seq, type Json } from "./openapi-schemas.ts";

const parameters = {
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
    description: "The id of the last event that came: EPOCH.SEQ.ID. Also as the query lastEventId.",
    schema: { type: "string" },
  },
} as const;

/** The description of the API, made from the schemas that frames are checked with. */
export function openApi(): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Parley",
      version: PROTOCOL_VERSION,
      description:
        "Rooms over HTTP: the same log, the same promises and the same limits as over a WebSocket.",
    },
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description:
            "Who you are. Without one, a token is made for you and told in the header Parley-Token.",
        },
      },
      schemas: schemas(),
    },
    security: [{}, { token: [] }],
    paths: {
      "/api/rooms/{room}": {
        get: operation("The room's name, where its log stands, and how many people are there", {
          responses: { 200: json("The room", ref("Room")) },
        }),
      },
      "/api/rooms/{room}/messages": {
        get: pageOperation("A page of the room's log; with wait, once there is one", []),
        post: messageOperation("Say something: plain text, or JSON", []),
      },
      "/api/rooms/{room}/with/{member}/messages": {
        get: pageOperation("A page of the conversation with one member. Needs a token", [
          parameters.member,
        ]),
        post: messageOperation("Say something to one member alone. Needs a token", [
          parameters.member,
          parameters.via,
        ]),
      },
      "/api/rooms/{room}/events": {
        get: operation("The room as server-sent events; each has the JSON of a frame as data", {
          parameters: [parameters.name, parameters.lastEventId],
          responses: { 200: events },
        }),
      },
      "/api/rooms/{room}/stream": {
        post: operation("The same, for fetch: a join frame says who comes, and from where", {
          parameters: [
            query("wait", "A poll: ends once there is something new, or after so many seconds.", {
              type: "integer",
              minimum: 0,
              maximum: POLL_SECONDS_MAX,
            }),
          ],
          requestBody: body(frame("join", ref("up.join"))),
          responses: {
            200: {
              ...events,
              content: { ...events.content, "application/x-ndjson": { schema: ref("Down") } },
            },
          },
        }),
      },
      "/api/rooms/{room}/frames": {
        post: operation("Frames as over a socket, handled in their order", {
          parameters: [parameters.name],
          requestBody: body({
            type: "object",
            required: ["frames"],
            properties: {
              frames: { type: "array", maxItems: FRAMES_PER_REQUEST_MAX, items: ref("Up") },
            },
          }),
          responses: {
            200: json("The answers, in the same order", {
              type: "object",
              required: ["frames"],
              properties: { frames: { type: "array", items: ref("Down") } },
            }),
          },
        }),
      },
      "/api/rooms/{room}/hooks": {
        get: operation("The hooks of the room, without their secrets. Needs a token", {
          responses: {
            200: json("The hooks", {
              type: "object",
              required: ["hooks"],
              properties: { hooks: { type: "array", items: ref("Hook") } },
            }),
          },
        }),
        post: operation(
          "Make a hook or a webhook. Needs a token; its secret is in this answer only",
          {
            requestBody: body({
              type: "object",
              required: ["kind", "name"],
              properties: {
                kind: { enum: ["in", "out"], description: "in: it writes; out: it is told." },
                name: { type: "string" },
                url: { type: "string", description: "Of out: a public https address." },
              },
            }),
            responses: {
              201: json("The hook, with its url /hooks/SECRET or its secret", ref("Hook")),
            },
          },
        ),
      },
      "/api/rooms/{room}/hooks/{id}/test": {
        post: operation("Have a hook say something, or send a test to its target. Needs a token", {
          parameters: [path("id", "The id of the hook.")],
          responses: { 200: json("What the target answered", ref("HookTest")) },
        }),
      },
      "/api/rooms/{room}/hooks/{id}": {
        delete: operation("Revoke a hook. Needs a token", {
          parameters: [path("id", "The id of the hook.")],
          responses: { 204: { description: "It is revoked" } },
        }),
      },
      "/hooks/{secret}": {
        post: {
          ...operation("Say something as the hook: text, or JSON as for Slack or Discord", {
            requestBody: {
              required: true,
              content: {
                "text/plain": { schema: { type: "string" } },
                "application/json": {
                  schema: {
                    type: "object",
                    properties: { text: { type: "string" }, content: { type: "string" } },
                  },
                },
              },
            },
            responses: {
              201: json("It is stored", ref("Entry")),
              200: json("It was said before, with the same id: the same entry", ref("Entry")),
            },
          }),
          parameters: [path("secret", "The secret of the hook."), parameters.idempotencyKey],
        },
      },
      "/api/openapi.json": {
        get: { summary: "This description", responses: { 200: { description: "OpenAPI 3.1" } } },
      },
    },
  };
}

function pageOperation(summary: string, own: readonly Json[]): Json {
  return operation(summary, {
    parameters: [
      ...own,
      query("before", "Entries before this seq.", seq),
      query("after", "Entries after this seq.", seq),
      query(
        "limit",
        `At most so many messages before, or entries after; ${JOIN_MESSAGES} by default.`,
        {
          type: "integer",
          minimum: 1,
          maximum: PAGE_ENTRIES_MAX,
        },
      ),
      query("epoch", "The log that after belongs to. Another one is told as reset.", {
        type: "string",
      }),
      query("wait", "Seconds to wait for an entry after `after`.", {
        type: "integer",
        minimum: 0,
        maximum: POLL_SECONDS_MAX,
      }),
    ],
    responses: {
      200: {
        description: "The page; with Accept: application/x-ndjson, an entry a line",
        content: {
          "application/json": { schema: ref("Page") },
          "application/x-ndjson": { schema: ref("Entry") },
        },
      },
    },
  });
}

function messageOperation(summary: string, own: readonly Json[]): Json {
  return operation(summary, {
    parameters: [...own, parameters.name, parameters.idempotencyKey],
    requestBody: {
      required: true,
      description: `At most ${BODY_BYTES_MAX} bytes. What is not JSON is the text itself.`,
      content: {
        "text/plain": { schema: { type: "string" } },
        "application/json": { schema: ref("Message") },
      },
    },
    responses: {
      201: json("It is stored", ref("Entry")),
      200: json("It was said before, with the same id: the same entry", ref("Entry")),
    },
  });
}

const events = {
  description:
    "The first event is `joined`; an entry's event has the id EPOCH.SEQ.ID. A comment comes every 15 s.",
  content: { "text/event-stream": { schema: ref("Down") } },
} as const;

function operation(summary: string, rest: Json): Json {
  const own = (rest["parameters"] as readonly Json[] | undefined) ?? [];
  const responses = rest["responses"] as Json;
  return {
    summary,
    ...rest,
    parameters: [parameters.room, ...own],
    responses: { ...responses, default: json("A refusal, with a stable code", ref("Refusal")) },
  };
}

function query(name: string, description: string, schema: Json) {
  return { name, in: "query", description, schema } as const;
}

function path(name: string, description: string) {
  return { name, in: "path", required: true, description, schema: { type: "string" } } as const;
}

function json(description: string, schema: Json): Json {
  return { description, content: { "application/json": { schema } } };
}

function body(schema: Json): Json {
  return { required: true, content: { "application/json": { schema } } };
}
