import { createHash } from "node:crypto";
import {
  FILE_PART_BYTES,
  FileHead,
  isFileId,
  isRefusalCode,
  refusal,
  THUMBNAIL_BYTES_MAX,
} from "@parley/protocol";
import * as v from "valibot";
import type { FileFacts, FileOwner } from "../files/manifest.ts";
import { partSize } from "../files/parts.ts";
import { isThumbnail } from "../files/types.ts";
import type { Uploads } from "../files/uploads.ts";
import { publicId } from "../identity.ts";
import { UPLOADS_RETRY_MS } from "../limits/limits.ts";
import { ApiError } from "./errors.ts";
import { conversationOf } from "./private-messages.ts";
import { answerJson, bytesOf, callerOf, objectOf, roomOf, type ApiContext } from "./request.ts";

/** PUT …/files/:id: begins a file, 201, or says which of its parts are missing, 200. */
export async function putFile(c: ApiContext, uploads: Uploads): Promise<Response> {
  const owner = ownerOf(c);
  const begun = await uploads.begin(idOf(c), owner, factsOf(await objectOf(c)), c.var);
  if (!begun) throw ApiError.http("file_conflict");
  const { isNew, missing } = begun;
  return answerJson(c, { part: FILE_PART_BYTES, missing }, isNew ? 201 : 200);
}

/**
 * PUT …/files/:id/:n: stores a part; 204 once it is durable (SPEC B1). `Parley-Connection: close`
 * asks for a connection of its own, where connections are cut after some bytes.
 */
export async function putPart(c: ApiContext, uploads: Uploads): Promise<Response> {
  const id = idOf(c);
  const owner = ownerOf(c);
  const kept = await uploads.find(id, owner);
  const n = /^\d{1,4}$/.test(c.req.param("n") ?? "") ? Number(c.req.param("n")) : Number.NaN;
  const size = partSize(kept.manifest.size, n);
  if (size === undefined) throw ApiError.http("bad_parameter", "The file has no such part.");
  const isStored = await admitted(c, uploads, owner.author, async () => {
    const bytes = await bodyOf(c, size);
    if (bytes.length === size) return uploads.put(id, kept, n, bytes);
    throw ApiError.http("bad_parameter", `That part has ${size} bytes, not ${bytes.length}.`);
  });
  if (!isStored) throw ApiError.http("file_conflict");
  // A browser cannot send `Connection` itself.
  if (c.req.header("parley-connection") === "close") c.header("Connection", "close");
  return c.body(null, 204);
}

/** PUT …/files/:id/thumb: stores the thumbnail. */
export async function putThumbnail(c: ApiContext, uploads: Uploads): Promise<Response> {
  const id = idOf(c);
  const kept = await uploads.find(id, ownerOf(c));
  const bytes = await bodyOf(c, THUMBNAIL_BYTES_MAX);
  if (!isThumbnail(bytes)) throw ApiError.http("bad_thumbnail");
  if (!(await uploads.put(id, kept, "thumb", bytes))) throw ApiError.http("file_conflict");
  return c.body(null, 204);
}

/** DELETE …/files/:id: drops a file that no message has. */
export async function deleteFile(c: ApiContext, uploads: Uploads): Promise<Response> {
  const id = idOf(c);
  const dropped = await uploads.drop(id, await uploads.find(id, ownerOf(c)));
  if (!dropped) throw ApiError.of(refusal("file_taken"));
  return c.body(null, 204);
}

/**
 * Takes and stores a body if its sender has not too many under way.
 * @throws ApiError `too_many_uploads`
 */
export async function admitted<Result>(
  c: ApiContext,
  uploads: Uploads,
  author: string,
  take: () => Promise<Result>,
): Promise<Result> {
  const countOut = uploads.permits.admit({ author, address: c.var.address });
  if (!countOut) throw ApiError.http("too_many_uploads", undefined, UPLOADS_RETRY_MS);
  try {
    return await take();
  } finally {
    countOut();
  }
}

/** Who asks, and for which log: the room's, or the conversation's. @throws ApiError `token_needed` */
function ownerOf(c: ApiContext): FileOwner {
  if (c.req.param("member") !== undefined) {
    const { logId, memberId } = conversationOf(c);
    return { logId, author: memberId };
  }
  const roomId = roomOf(c);
  const { token, isKnown } = callerOf(c);
  if (!isKnown) throw ApiError.http("token_needed");
  return { logId: roomId, author: publicId(token, roomId) };
}

/** @throws ApiError `bad_file` */
function idOf(c: ApiContext): string {
  const id = c.req.param("id");
  if (!isFileId(id)) throw ApiError.of(refusal("bad_file"));
  return id;
}

/** @throws ApiError `bad_file`, `file_too_large` */
function factsOf(body: unknown): FileFacts {
  const { success, issues, output } = v.safeParse(FileHead, body);
  if (success) return output;
  const code = issues[0].message;
  throw ApiError.of(refusal(isRefusalCode(code) ? code : "bad_file"));
}

/**
 * The bytes of a body, which are those of its digest.
 * @throws ApiError `body_too_large`, `bad_digest`
 */
async function bodyOf(c: ApiContext, bytesMax: number): Promise<Buffer> {
  const bytes = await bytesOf(c.env.incoming, bytesMax, `That has more than ${bytesMax} bytes.`);
  const [, digest] =
    /(?:^|,)\s*sha-256=:([\w+/=]+):/.exec(c.req.header("content-digest") ?? "") ?? [];
  if (digest === undefined) return bytes;
  if (createHash("sha256").update(bytes).digest("base64") === digest) return bytes;
  throw ApiError.http("bad_digest");
}
