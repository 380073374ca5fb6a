import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { contentSecurityPolicy } from "./content-security-policy.ts";
import { acceptsEncoding, matchesEtag } from "./negotiation.ts";
import { pathOf } from "../request.ts";
import { etagOf, readWebFiles, type WebFile, type WebFileVariant } from "./web-files.ts";

const A_YEAR_S = 31_536_000;
/** The page that the app is, and the one that says that nothing is there. */
const APP = "/index.html";
const NOTHING = "/404.html";

/**
 * Answers a GET or HEAD of a file of the web app, and a request for a page that is not there with
 * one that says so; false if there is no such file.
 */
export type ServeWebApp = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Serves a built web app from memory, as it is now: hashed files for good and all others only after
 * asking; rooms are the app's own routes. A part of a file is answered with the whole of it.
 * @returns undefined if nothing is built
 */
export function webApp(directory: string): ServeWebApp | undefined {
  if (!existsSync(directory)) return undefined;
  const files = readWebFiles(directory);
  const policy = contentSecurityPolicy(files.get(APP)?.variants.at(-1)?.body.toString());
  return (request, response) => {
    const path = fileOf(pathOf(request));
    const file = files.get(path);
    const nothing = files.get(NOTHING);
    if (file && path === APP) {
      response.setHeader("Content-Security-Policy", policy);
      serve(request, response, path, previewed(request, file));
    } else if (file) serve(request, response, path, file);
    else if (nothing && isForPage(request)) serve(request, response, NOTHING, nothing, 404);
    return response.headersSent;
  };
}

/** The path of the file that stands behind the path of a URL. */
function fileOf(path: string): string {
  return path === "/" || path.startsWith("/r/") ? APP : path;
}

/** What a host is called, with a port or without: anything else is not written in a page. */
const HOST = /^[\w.:[\]-]+$/;
/** The path of a room, and its code. */
const ROOM_PATH = /^\/r\/([\w-]{1,64})\/?$/;

/** The page with what messengers show of its link: which room it is, and where its picture is. */
function previewed(request: IncomingMessage, { type, variants }: WebFile): WebFile {
  const plain = variants.at(-1)?.body.toString() ?? "";
  const { host = "", "x-forwarded-proto": forwarded } = request.headers;
  const scheme = forwarded === "https" ? "https" : "http";
  const code = ROOM_PATH.exec(pathOf(request))?.[1];
  const body = Buffer.from(
    plain
      .replaceAll("%ORIGIN%", HOST.test(host) ? `${scheme}://${host}` : "")
      .replaceAll("%TITLE%", code === undefined ? "Parley" : `Join room ${code} on Parley`),
  );
  const smaller = gzipSync(body);
  return {
    type,
    variants: [
      { encoding: "gzip", etag: etagOf(smaller), body: smaller },
      { etag: etagOf(body), body },
    ],
  };
}

/** Whether a person asks for a page, and not a script for a file. */
function isForPage({ headers: { accept } }: IncomingMessage): boolean {
  return accept?.includes("text/html") === true;
}

function serve(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { type, variants }: WebFile,
  status: 200 | 404 = 200,
): void {
  const hashed = path.startsWith("/assets/");
  const caching = hashed ? `public, max-age=${A_YEAR_S}, immutable` : "no-cache";
  const { encoding, etag, body } = chosenFrom(variants, request.headers["accept-encoding"]);
  response.setHeader("Cache-Control", caching);
  response.setHeader("ETag", etag);
  if (variants.length > 1) response.setHeader("Vary", "Accept-Encoding");
  if (status === 200 && matchesEtag(request.headers["if-none-match"], etag)) {
    response.writeHead(304).end();
    return;
  }
  if (encoding) response.setHeader("Content-Encoding", encoding);
  response.writeHead(status, { "Content-Type": type, "Content-Length": body.length });
  // Node leaves the body out if HEAD was asked for.
  response.end(body);
}

function chosenFrom(
  variants: readonly WebFileVariant[],
  accepted: string | undefined,
): WebFileVariant {
  const fit = ({ encoding }: WebFileVariant) => !encoding || acceptsEncoding(accepted, encoding);
  const chosen = variants.find(fit);
  if (!chosen) throw new Error("A file has no variant that is the file itself.");
  return chosen;
}
