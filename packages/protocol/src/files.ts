import * as v from "valibot";
import {
  FILE_BYTES_MAX,
  FILE_MS_MAX,
  FILE_NAME_CHARS_MAX,
  FILE_NAME_UNITS_MAX,
  FILE_PEAKS_MAX,
  FILE_SIDE_PX_MAX,
  FILE_TYPE_CHARS_MAX,
  FILES_PER_MESSAGE_MAX,
} from "./limits.ts";
import { cleanName, isVisible } from "./name.ts";
import { EntryId } from "./ids.ts";
import { requestOf } from "./request.ts";
import { MessageText } from "./text.ts";

const FILE_ID = /^[\w-]{22}$/;
const FILE_TYPE = /^[a-z0-9][\w.+-]*\/[a-z0-9][\w.+-]*$/;

/** Whether this is a valid id of a file. */
export function isFileId(id: unknown): id is string {
  return typeof id === "string" && FILE_ID.test(id);
}

/**
 * The canonical name of a file: that of a name, without slashes; it is never a path.
 * @returns undefined if nothing visible is left, or it is too long
 */
export function canonicalFileName(text: string): string | undefined {
  if (text.length > FILE_NAME_UNITS_MAX || !text.isWellFormed()) return undefined;
  const name = cleanName(text).replace(/[/\\]/g, "_");
  return isVisible(name, FILE_NAME_CHARS_MAX) ? name : undefined;
}

/** Whether this is the type of a file: lower case, without parameters. */
export function isFileType(type: string): boolean {
  return type.length <= FILE_TYPE_CHARS_MAX && FILE_TYPE.test(type);
}

/** What its sender says of a file before its bytes: name, type, and size in bytes. */
export const FileHead = /* @__PURE__ */ v.object({
  name: aFileName(),
  type: v.pipe(v.string("bad_file"), v.check(isFileType, "bad_file")),
  size: v.pipe(
    v.number("bad_file"),
    v.safeInteger("bad_file"),
    v.minValue(0, "bad_file"),
    v.maxValue(FILE_BYTES_MAX, "file_too_large"),
  ),
});

function aFileName() {
  return v.pipe(
    v.string("bad_file"),
    v.check((text) => canonicalFileName(text) !== undefined, "bad_file"),
    v.transform((text) => canonicalFileName(text) ?? ""),
  );
}

/** The files of a message. Their bytes are stored before the message is sent (SPEC B2). */
export const MessageFiles = /* @__PURE__ */ messageFiles();

function messageFiles() {
  const measure = (max: number) =>
    v.optional(
      v.pipe(
        v.number("bad_file"),
        v.safeInteger("bad_file"),
        v.minValue(1, "bad_file"),
        v.maxValue(max, "bad_file"),
      ),
    );
  const file = v.object({
    id: v.pipe(
      v.string("bad_file"),
      v.check((id) => isFileId(id), "bad_file"),
    ),
    ...FileHead.entries,
    w: measure(FILE_SIDE_PX_MAX),
    h: measure(FILE_SIDE_PX_MAX),
    ms: measure(FILE_MS_MAX),
    peaks: v.optional(
      v.pipe(
        v.string("bad_file"),
        v.maxLength(FILE_PEAKS_MAX, "bad_file"),
        v.regex(/^\d+$/, "bad_file"),
      ),
    ),
    tint: v.optional(v.pipe(v.string("bad_file"), v.regex(/^#[\da-f]{6}$/, "bad_file"))),
    thumb: v.optional(v.literal(true, "bad_file")),
  });
  return v.pipe(
    v.array(file, "bad_file"),
    v.minLength(1, "bad_file"),
    v.maxLength(FILES_PER_MESSAGE_MAX, "too_many_files"),
    v.check((files) => new Set(files.map(({ id }) => id)).size === files.length, "bad_file"),
  );
}

/** Says what the next binary frame is: a file of the sender. */
export const FileUp = /* @__PURE__ */ requestOf({
  name: v.optional(aFileName()),
  /** The message that has the file; without it, the file's name. */
  message: v.optional(MessageText),
  /** The `id` of the message. */
  id: v.optional(EntryId),
});
