import { createHash } from "node:crypto";

/**
 * Nothing but what the server itself serves may load or run, and no other page may frame it.
 * @param page a page of the web app: what is written in it may run and style it, too
 */
export function contentSecurityPolicy(page = ""): string {
  return [
    "default-src 'none'",
    ["script-src 'self'", ...hashesOf("script", page)].join(" "),
    ["style-src 'self'", ...hashesOf("style", page)].join(" "),
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** A source for each element of a kind with its content in the page. */
function hashesOf(element: "script" | "style", page: string): string[] {
  const written = page.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, "gs"));
  return Array.from(written, ([, content = ""]) => {
    return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
  });
}
