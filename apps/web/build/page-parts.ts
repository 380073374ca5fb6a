/** Replaces a part of the page by another one; the build fails without either. */
export function replaced(html: string, part: string, by: string): string {
  if (!html.includes(part) || by === "") throw new Error(`index.html has no ${part}`);
  return html.replace(part, () => by);
}

/** A script as it is written into the page: without blank lines, and lines that are only a comment. */
export function withoutComments(script: string): string {
  const lines = script.split("\n").map((line) => line.trim());
  return lines.filter((line) => line && !line.startsWith("//")).join("\n");
}
