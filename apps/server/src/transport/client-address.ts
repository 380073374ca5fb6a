import type { IncomingMessage } from "node:http";

/**
 * The network address a request came from: the socket's, or, where a proxy is trusted, the last
 * one in the header that it sets. Earlier ones are the client's own word.
 * @param trustProxy the name of that header in lower case, or undefined for no proxy
 */
export function clientAddress(request: IncomingMessage, trustProxy: string | undefined): string {
  const header = trustProxy === undefined ? undefined : request.headers[trustProxy];
  const named = (Array.isArray(header) ? header.join(",") : header)?.split(",").at(-1)?.trim();
  if (named) return named;
  return request.socket.remoteAddress ?? "unknown";
}
