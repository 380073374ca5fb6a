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
