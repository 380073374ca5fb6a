import { turbo } from "./turbo.ts";

/**
 * Builds what has changed since the last build; prints only failures.
 * @returns whether there is a build now
 */
export async function build(): Promise<boolean> {
  const ending = await turbo("build", "kept");
  if (!ending.ok) console.error(`${ending.output}\nThe build failed: ${ending.why}`);
  return ending.ok;
}

if (import.meta.main) process.exitCode = (await build()) ? 0 : 1;
