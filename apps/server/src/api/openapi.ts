import { JOIN_MESSAGES, PAGE_ENTRIES_MAX, PROTOCOL_VERSION } from "@parley/protocol";
import { BODY_BYTES_MAX, FRAMES_PER_REQUEST_MAX, POLL_SECONDS_MAX } from "../limits/limits.ts";
import { download, filePaths } from "./openapi-files.ts";
import { json, operation, parameters, path, query } from "./openapi-parts.ts";
import { frame, ref, schemas, seq, type Json } from "./openapi-schemas.ts";

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
      "/api/rooms/{room}/bell": {
        get: pageOperation(
          "A page of one's own bell: rang frames, who wrote privately. Needs a token",
          [],
        ),
      },
      "/api/rooms/{room}/events": {
        get: operation("The room as server-sent events; each has the JSON of a frame as data", {
          parameters: [
            parameters.name,
            parameters.lastEventId,
            query("lastEventId", "The same, for a client that sets no headers.", {
              type: "string",
            }),
          ],
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
      ...filePaths("/api/rooms/{room}", []),
      ...filePaths("/api/rooms/{room}/with/{member}", [parameters.member]),
      "/files/{id}/{name}": download("A file of a message, or a range of it", [
        path("name", "Anything: it is for people."),
      ]),
      "/files/{id}/thumb": download("The thumbnail of a file", []),
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
                "application/x-www-form-urlencoded": {
                  schema: {
                    type: "object",
                    properties: {
                      payload: { type: "string", description: "That JSON, as for Slack." },
                    },
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

function body(schema: Json): Json {
  return { required: true, content: { "application/json": { schema } } };
}
