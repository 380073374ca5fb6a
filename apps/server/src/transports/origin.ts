import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Whether a page of this origin may connect. Programs send no origin and may; pages have to come
 * from this server or from a named origin.
 * @param origin the Origin header
 * @param host the Host header
 * @param allowed origins named by the host; `*` stands for all
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || allowed.includes("*") || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

/**
 * Lets a page of another origin read the answer, if that origin may connect.
 * @param allowed origins named by the host; `*` stands for all
 * @returns whether the request comes from a program, or from a page that may connect
 */
export function admitOrigin(
  { headers: { origin, host } }: IncomingMessage,
  response: ServerResponse,
  allowed: readonly string[],
): boolean {
  if (!isAllowedOrigin(origin, host, allowed)) return false;
  if (origin === undefined) return true;
  response.setHeader("Access-Control-Allow-Origin", origin);
  response.setHeader("Vary", "Origin");
  return true;
}
