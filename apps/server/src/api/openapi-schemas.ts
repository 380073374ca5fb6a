import { toJsonSchema } from "@valibot/to-json-schema";
import { downPayloads, FileHead, refusalCodes, upPayloads } from "@parley/protocol";
import type { GenericSchema } from "valibot";
import { httpErrorCodes } from "./errors.ts";

export type Json = Readonly<Record<string, unknown>>;

/** Refers to a schema of {@link schemas}. */
export const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

export const seq = { type: "integer", minimum: 0 } as const;

export function frame(type: string, payload: Json): Json {
  return {
    type: "object",
    required: ["type", "payload"],
    properties: { type: { const: type }, payload },
  };
}

/** The schemas of frames, and of what only HTTP knows. */
export function schemas(): Json {
  const up = Object.entries<GenericSchema>(upPayloads);
  const down = Object.entries<GenericSchema>(downPayloads);
  const { payload: message } = { payload: schemaOf(upPayloads.chat) };
  return {
    ...Object.fromEntries(up.map(([type, schema]) => [`up.${type}`, schemaOf(schema)])),
    ...Object.fromEntries(down.map(([type, schema]) => [`down.${type}`, schemaOf(schema)])),
    Up: { oneOf: up.map(([type]) => frame(type, ref(`up.${type}`))) },
    Down: { oneOf: down.map(([type]) => frame(type, ref(`down.${type}`))) },
    Message: {
      ...message,
      properties: { ...(message["properties"] as Json), name: { type: "string" } },
    },
    Entry: {
      description: "A frame of the log; programs pass over the types that they do not know.",
      oneOf: down
        .filter(([type]) => type !== "rang")
        .filter(([, schema]) => "seq" in ((schemaOf(schema)["properties"] ?? {}) as Json))
        .map(([type]) => frame(type, ref(`down.${type}`))),
    },
    Page: {
      allOf: [ref("down.history")],
      properties: {
        reset: { const: true, description: "The log is another one: these are its last entries." },
      },
    },
    Room: {
      type: "object",
      required: ["roomId", "head", "epoch", "count"],
      properties: {
        roomId: { type: "string" },
        head: { ...seq, description: "The seq of the last entry; 0 if the log is empty." },
        epoch: { type: "string", description: "Names the log." },
        count: { type: "integer", description: "How many people are there." },
        name: { type: "string", description: "What the room is called, where it has a name." },
        topic: { type: "string", description: "What it is about, where that was said." },
      },
    },
    FileHead: schemaOf(FileHead),
    FileParts: {
      type: "object",
      required: ["part", "missing"],
      properties: {
        part: { type: "integer", description: "The size of each part but the last, in bytes." },
        missing: {
          type: "array",
          items: { type: "integer" },
          description: "The parts that are not stored yet.",
        },
      },
    },
    Hook: {
      type: "object",
      required: ["id", "name", "kind", "createdBy"],
      properties: {
        id: { type: "string" },
        name: { type: "string", description: "The name of the hook as a member." },
        kind: { enum: ["in", "out"] },
        createdBy: { type: "string", description: "The id of the member who made it." },
        url: { type: "string", description: "Of in: only in the answer that made it." },
        host: { type: "string", description: "Of out: the host that is told." },
        state: { enum: ["on", "failing", "off"], description: "Of out." },
        secret: { type: "string", description: "Of out: only in the answer that made it." },
      },
    },
    HookTest: {
      type: "object",
      required: ["is", "arrived"],
      properties: {
        is: { enum: ["answered", "forbidden", "late", "unreachable"] },
        status: { type: "integer", description: "Of answered." },
        arrived: { type: "boolean", description: "Whether the answer was a 2xx." },
      },
    },
    Refusal: {
      type: "object",
      required: ["error"],
      properties: {
        error: {
          type: "object",
          required: ["code", "message", "temporary"],
          properties: {
            code: { type: "string", enum: [...refusalCodes, ...httpErrorCodes] },
            message: { type: "string", description: "For people." },
            temporary: {
              type: "boolean",
              description: "Whether the same may be sent again later.",
            },
            retryAfter: { type: "integer", description: "How long to wait before that, in ms." },
          },
        },
      },
    },
  };
}

/** What a schema takes in, as JSON Schema; checks that it has no word for are left out. */
function schemaOf(schema: GenericSchema): Json {
  const { $schema: _, ...converted } = toJsonSchema(schema, {
    typeMode: "input",
    errorMode: "ignore",
  });
  return converted;
}
