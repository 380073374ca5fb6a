import { FILE_PART_BYTES, THUMBNAIL_BYTES_MAX } from "@parley/protocol";
import { json, operation, parameters, path } from "./openapi-parts.ts";
import { ref, type Json } from "./openapi-schemas.ts";

const id = path("id", "The id of the file: 22 characters of base64url, made by the client.");
const bytes = (description: string) => ({
  required: true,
  description,
  content: { "application/octet-stream": {} },
});
const digest = {
  name: "Content-Digest",
  in: "header",
  description: "sha-256=:BASE64: of the body, which is checked.",
  schema: { type: "string" },
} as const;
const stored = { 204: { description: "It is stored" } } as const;

/**
 * The requests that store files, for a room or a conversation.
 * @param own the parameters of the place beside the room
 */
export function filePaths(place: string, own: readonly Json[]): Json {
  return {
    [`${place}/files/{id}`]: {
      put: operation("Begin a file, or ask which of its parts are missing. Needs a token", {
        parameters: [...own, id],
        requestBody: {
          required: true,
          content: { "application/json": { schema: ref("FileHead") } },
        },
        responses: {
          201: json("It is begun", ref("FileParts")),
          200: json("It was begun before", ref("FileParts")),
        },
      }),
      delete: operation("Delete a file that no message has. Needs a token", {
        parameters: [...own, id],
        responses: { 204: { description: "It is deleted" } },
      }),
    },
    [`${place}/files/{id}/{n}`]: {
      put: operation("Store a part of a file, also once more. Needs a token", {
        parameters: [...own, id, path("n", "Which part it is, from 0."), digest],
        requestBody: bytes(`${FILE_PART_BYTES} bytes; of the last part, what is left.`),
        responses: stored,
      }),
    },
    [`${place}/files/{id}/thumb`]: {
      put: operation("Store the thumbnail of a file. Needs a token", {
        parameters: [...own, id, digest],
        requestBody: bytes(`A WebP, JPEG or PNG of at most ${THUMBNAIL_BYTES_MAX} bytes.`),
        responses: stored,
      }),
    },
    [`${place}/upload/{name}`]: {
      put: operation("Store a file and send a message with it, as curl -T does", {
        parameters: [
          ...own,
          path("name", "The name of the file."),
          parameters.name,
          parameters.idempotencyKey,
        ],
        requestBody: bytes("The file. Its type is that of Content-Type, or of its first bytes."),
        responses: {
          201: json("It is stored", ref("Entry")),
          200: json("It was said before, with the same id: the same entry", ref("Entry")),
        },
      }),
    },
  };
}

/** The request for a file or its thumbnail. */
export function download(summary: string, own: readonly Json[]): Json {
  return {
    get: {
      summary,
      parameters: [id, ...own],
      responses: {
        200: { description: "All of it" },
        206: { description: "The range that was asked for" },
        304: { description: "The reader has it: If-None-Match" },
        416: { description: "No such range" },
        default: json("A refusal, with a stable code", ref("Refusal")),
      },
    },
  };
}
