import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

/** A file of the web app, as it is answered with. */
export interface WebFile {
  readonly type: string;
  /** The best first; the last one is the file as it is. */
  readonly variants: readonly WebFileVariant[];
}

/** A file in one encoding. */
export interface WebFileVariant {
  /** None for the file as it is. */
  readonly encoding?: "br" | "gzip";
  /** Tells this content from any other, also from the same file in another encoding. */
  readonly etag: string;
  readonly body: Buffer;
}

/** What the build writes beside a file: the same, compressed. */
const COMPRESSED = [
  { encoding: "br", extension: ".br" },
  { encoding: "gzip", extension: ".gz" },
] as const;

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mp3": "audio/mpeg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};
const UNKNOWN_TYPE = "application/octet-stream";

/** Characters of an etag: enough to tell any two files apart. */
const ETAG_CHARS = 22;

/**
 * Reads a built web app into memory, about a megabyte: so that no request opens a file, and a
 * download that is broken off leaves none open. Hidden files are left out.
 * @returns the files by the path of their URL, such as `/assets/app-4f3a.js`
 */
export function readWebFiles(directory: string): ReadonlyMap<string, WebFile> {
  const bodies = new Map<string, Buffer>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(directory, file).split(sep).join("/")}`;
    if (entry.isFile() && !path.includes("/.")) bodies.set(path, readFileSync(file));
  }
  const files = new Map<string, WebFile>();
  for (const [path, body] of bodies) {
    if (COMPRESSED.some(({ extension }) => path.endsWith(extension))) continue;
    const compressed = COMPRESSED.flatMap(({ encoding, extension }) => {
      const smaller = bodies.get(path + extension);
      return smaller ? [{ encoding, etag: etagOf(smaller), body: smaller }] : [];
    });
    files.set(path, {
      type: TYPES[extname(path)] ?? UNKNOWN_TYPE,
      variants: [...compressed, { etag: etagOf(body), body }],
    });
  }
  return files;
}

/** Tells this content from any other. */
export function etagOf(body: Buffer): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, ETAG_CHARS)}"`;
}
