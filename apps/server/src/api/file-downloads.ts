import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { isFileId, refusal } from "@parley/protocol";
import { parse } from "range-parser";
import { storeIdOf } from "../files/file-ids.ts";
import { asking, type Files } from "../files/files.ts";
import type { Manifest } from "../files/manifest.ts";
import { readPieces, startingWith } from "../files/parts.ts";
import { servedAs, typeOf } from "../files/types.ts";
import { matchesEtag } from "../transports/http/negotiation.ts";
import { pump } from "../transports/http/pump.ts";
import type { ApiDeps } from "./deps.ts";
import { ApiError } from "./errors.ts";
import type { ApiContext } from "./request.ts";

/** What holds for every file and thumbnail: it runs nowhere, and never changes (SPEC B5). */
const HEADERS = {
  "Accept-Ranges": "bytes",
  "Cache-Control": "private, max-age=31536000, immutable",
  "Content-Security-Policy": "sandbox; default-src 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** What range-parser says of a range that is there, and of one that is beyond the end. */
const WELL_FORMED = 0;
const UNSATISFIABLE = 2;

/** Some of the bytes of a file; `to` is the one after the last. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** What can be served. */
interface Served {
  readonly etag: string;
  readonly size: number;
  readonly headers: Readonly<Record<string, string>>;
  read(span: Span): AsyncGenerator<Uint8Array | undefined, void>;
}

/** GET /files/:id/:name: a file, or a range of it. The name is for people. */
export async function getFile(c: ApiContext, deps: ApiDeps, files: Files): Promise<Response> {
  const { id, manifest } = await fileOf(c, files);
  const { type, isShown } = servedAs(manifest.type);
  return serve(c, deps, {
    etag: `"${id}"`,
    size: manifest.size,
    headers: {
      "Content-Type": type,
      "Content-Disposition": dispositionOf(manifest.name, isShown),
    },
    read: (span) => readPieces(files.store, storeIdOf(id, manifest), span),
  });
}

/** GET /files/:id/thumb: its thumbnail. */
export async function getThumbnail(c: ApiContext, deps: ApiDeps, files: Files): Promise<Response> {
  const { id, manifest } = await fileOf(c, files);
  const bytes = await asking(files.store.get(storeIdOf(id, manifest), "thumb"));
  if (!bytes) throw ApiError.of(refusal("unknown_file"));
  return serve(c, deps, {
    etag: `"${id}-thumb"`,
    size: bytes.length,
    headers: { "Content-Type": typeOf(bytes), "Content-Disposition": "inline" },
    async *read({ from, to }) {
      yield bytes.subarray(from, to);
    },
  });
}

/** The file of the path, which a message has. @throws ApiError `unknown_file` */
async function fileOf(
  c: ApiContext,
  { manifests }: Files,
): Promise<{ readonly id: string; readonly manifest: Manifest }> {
  const id = c.req.param("id");
  const kept = isFileId(id) ? await manifests.get(id) : undefined;
  if (!isFileId(id) || kept?.manifest.message === undefined) {
    throw ApiError.of(refusal("unknown_file"));
  }
  return { id, manifest: kept.manifest };
}

/** Answers with what is asked for of it. What cannot be read at all is an error like any other. */
async function serve(c: ApiContext, deps: ApiDeps, served: Served): Promise<Response> {
  const { etag, size } = served;
  const { outgoing } = c.env;
  const always = {
    ...HEADERS,
    // A page of a named origin shows pictures of this server, too.
    "Cross-Origin-Resource-Policy": deps.allowedOrigins.length > 0 ? "cross-origin" : "same-origin",
    ETag: etag,
  };
  const headers = { ...always, ...served.headers };
  if (matchesEtag(c.req.header("if-none-match"), etag)) {
    outgoing.writeHead(304, always).end();
    return RESPONSE_ALREADY_SENT;
  }
  const asked = c.req.method === "GET" ? spanOf(c, etag, size) : undefined;
  if (asked === "unsatisfiable") {
    outgoing.writeHead(416, { ...always, "Content-Range": `bytes */${size}` }).end();
    return RESPONSE_ALREADY_SENT;
  }
  const span = asked ?? { from: 0, to: size };
  const length = { "Content-Length": span.to - span.from };
  if (c.req.method !== "GET" || size === 0) {
    outgoing.writeHead(200, { ...headers, ...length }).end();
    return RESPONSE_ALREADY_SENT;
  }
  const pieces = served.read(span);
  const { value: first } = await asking(pieces.next());
  if (!first) throw ApiError.of(refusal("unknown_file"));
  const range = asked && { "Content-Range": `bytes ${span.from}-${span.to - 1}/${size}` };
  outgoing.writeHead(asked ? 206 : 200, { ...headers, ...length, ...range });
  pump(outgoing, startingWith(first, pieces), deps).catch((error: unknown) => {
    outgoing.destroy();
    deps.onFailure(error);
  });
  return RESPONSE_ALREADY_SENT;
}

/** The one range that is asked for; undefined: all of it, also if several are. */
function spanOf(c: ApiContext, etag: string, size: number): Span | "unsatisfiable" | undefined {
  const range = c.req.header("range");
  const onlyIf = c.req.header("if-range");
  if (range === undefined || (onlyIf !== undefined && onlyIf !== etag)) return undefined;
  const { type, ranges, code } = parse(size, range);
  const [only] = ranges;
  if (type !== "bytes" || ranges.length > 1) return undefined;
  if (!only) return code === UNSATISFIABLE ? "unsatisfiable" : undefined;
  return code === WELL_FORMED ? { from: only.start, to: only.end + 1 } : undefined;
}

/** Says the name of a file in the ways of RFC 6266 and RFC 8187. */
function dispositionOf(name: string, isShown: boolean): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${isShown ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
