import {
  canonicalFileName,
  EntryId,
  FILE_PART_BYTES,
  isFileType,
  refusal,
  type EntryRequest,
  type FileInfo,
} from "@parley/protocol";
import * as v from "valibot";
import { newFileId, repeatableFileId } from "../files/file-ids.ts";
import { FileRefused } from "../files/files.ts";
import type { FileOwner, Kept } from "../files/manifest.ts";
import { startingWith } from "../files/parts.ts";
import { typeOf } from "../files/types.ts";
import { canBecome, type Uploads } from "../files/uploads.ts";
import type { ApiDeps } from "./deps.ts";
import { ApiError } from "./errors.ts";
import { admitted } from "./files.ts";
import { checkMember, conversationOf } from "./private-messages.ts";
import { answerJson, callerOf, memberOf, partsOf, roomOf, type ApiContext } from "./request.ts";
import type { Submissions } from "./submissions.ts";

/**
 * PUT …/upload/:name: a body of any length becomes a file, and a message with its name; 201 once both
 * are durable, 200 if it was said before (SPEC H1).
 */
export async function putUpload(
  c: ApiContext,
  deps: ApiDeps,
  submissions: Submissions,
  uploads: Uploads,
): Promise<Response> {
  const roomId = roomOf(c);
  const logId = await logOf(c, deps);
  const caller = callerOf(c);
  const key = c.req.header("idempotency-key");
  if (key !== undefined && !v.is(EntryId, key)) throw ApiError.of(refusal("bad_id"));
  if (key !== undefined && !caller.isKnown) throw ApiError.http("id_without_token");
  const name = canonicalFileName(c.req.param("name") ?? "");
  if (name === undefined) throw ApiError.of(refusal("bad_file"));
  const from = memberOf(c, deps.rooms, roomId, caller);
  const id = key === undefined ? newFileId() : repeatableFileId(caller.token, logId, key);
  const owner = { logId, author: from.id };
  try {
    const arriving = { id, name, owner };
    const file = await admitted(c, uploads, from.id, () => store(c, uploads, arriving));
    const request: EntryRequest = {
      type: "chat",
      payload: { message: name, files: [file], ...(key === undefined ? {} : { id: key }) },
    };
    const submitted = await submissions.submit(roomId, request, from, {
      address: c.var.address,
      bytes: Buffer.byteLength(JSON.stringify(request)),
      isKnown: caller.isKnown,
      logId,
    });
    if (submitted.is === "refused") throw ApiError.of(submitted.refusal);
    return answerJson(c, submitted.entry, submitted.is === "new" ? 201 : 200);
  } catch (error) {
    // Nobody can go on with it.
    const isTooLarge = error instanceof FileRefused && error.refusal.code === "file_too_large";
    if (key === undefined || isTooLarge) await uploads.dropIfThere(id, owner);
    throw error;
  }
}

/** The log that the path names: the room's, or the conversation's with a member. */
async function logOf(c: ApiContext, deps: ApiDeps): Promise<string> {
  if (c.req.param("member") === undefined) return roomOf(c);
  const conversation = conversationOf(c);
  await checkMember(c, deps, conversation);
  return conversation.logId;
}

interface Arriving {
  readonly id: string;
  readonly name: string;
  readonly owner: FileOwner;
}

/** Stores a body, a part at a time. @returns what the message says of it */
async function store(
  c: ApiContext,
  uploads: Uploads,
  { id, name, owner }: Arriving,
): Promise<FileInfo> {
  const said = c.req.header("content-length");
  const parts = partsOf(c.env.incoming, FILE_PART_BYTES);
  const { value: start = Buffer.alloc(0) } = await parts.next();
  const contentType = c.req.header("content-type") ?? "";
  const type = isFileType(contentType) ? contentType : typeOf(start);
  // Without that header, its length is known at its end only.
  const facts = { name, type, size: said === undefined ? 0 : Number(said) };
  const begun = await uploads.begin(id, owner, facts, {
    address: c.var.address,
    isEndKnown: said !== undefined,
  });
  let kept: Kept | undefined = await uploads.find(id, owner);
  const isOther = !begun && said !== undefined && !canBecome(kept.manifest, facts);
  if (isOther) throw ApiError.http("file_conflict");
  let size = 0;
  let n = 0;
  for await (const part of startingWith(start, parts)) {
    size += part.length;
    if (size > uploads.maxBytes) throw new FileRefused("file_too_large");
    kept = await uploads.grow(id, kept, size, c.var.address);
    if (!kept || !(await uploads.put(id, kept, n, part))) throw ApiError.http("file_conflict");
    n += 1;
  }
  const { manifest } = kept;
  // Another body had this key, and was longer.
  if (manifest.size !== size) throw ApiError.http("file_conflict");
  return { id, name: manifest.name, type: manifest.type, size };
}
