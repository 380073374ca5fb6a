import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** What stands before the path if a request names the whole address (RFC 9112, section 3.2.2). */
const SCHEME_AND_HOST = /^https?:\/\/[^/?]*/i;

/** The path of a request, without its query. */
export function pathOf(request: IncomingMessage): string {
  const url = request.url?.replace(SCHEME_AND_HOST, "") ?? "/";
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}

/**
 * The network address a request came from: the socket's, or, if a proxy is trusted, the last
 * one in the header that it sets. Earlier ones are the client's own word. What is no address names
 * nobody: it may be other text for each request.
 * @param trustProxy the name of that header in lower case, or undefined for no proxy
 */
export function clientAddress(request: IncomingMessage, trustProxy: string | undefined): string {
  const header = trustProxy === undefined ? undefined : request.headers[trustProxy];
  const named = (Array.isArray(header) ? header.join(",") : header)?.split(",").at(-1)?.trim();
  const address = withoutPort(named ?? "");
  return isIP(address) === 0 ? (request.socket.remoteAddress ?? "unknown") : address;
}

/** Some proxies write `192.0.2.1:5000` or `[2001:db8::1]:5000`: another port is no other client. */
function withoutPort(named: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\](?::\d+)?|([^:]+):\d+)$/.exec(named) ?? [];
  return bracketed ?? plain ?? named;
}
