import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./command.ts";

/** A program that the machine may have already, or that can be fetched. */
export interface Program {
  /** The name for people. */
  readonly name: string;
  /** The environment variable with its path; it comes before everything else. */
  readonly variable: string;
  /** The copy of one of our dependencies, and the command that fetches it. */
  readonly own?: { readonly path: string; readonly install: readonly [string, ...string[]] };
  /** Its names on PATH, the best first. */
  readonly commands: readonly string[];
  /** The Debian package that has it. */
  readonly debianPackage: string;
}

export type Provided =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly advice: string };

/** How long a program may take to print its version, in ms: enough for a cold disk. */
const VERSION_MS = 30_000;
/** How long fetching a program may take, in ms. */
const FETCH_MS = 300_000;

/**
 * Finds a program that runs on this machine, or fetches it. The order: the variable, our own copy,
 * PATH, our own copy fetched; then, as root on Debian, its package.
 * @returns the path to run, or what to do if none of these worked
 */
export async function provide(program: Program): Promise<Provided> {
  const named = process.env[program.variable];
  if (named) {
    if (await runs(named)) return { ok: true, path: named };
    return { ok: false, advice: `${program.variable} is ${named}, which does not run.` };
  }
  const found = await find(program);
  if (found) return { ok: true, path: found };
  for (const fetch of [fetchOwn, fetchFromDebian]) {
    const fetched = (await fetch(program)) ? await find(program) : undefined;
    if (fetched) return { ok: true, path: fetched };
  }
  return {
    ok: false,
    advice:
      `${program.name} is missing and could not be fetched. Install it (Debian: apt-get install ` +
      `${program.debianPackage}), or set ${program.variable} to its path.`,
  };
}

async function find({ own, commands }: Program): Promise<string | undefined> {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  for (const path of own ? [own.path, ...onPath] : onPath) {
    if (await runs(path)) return path;
  }
  return undefined;
}

/** A browser may exist but lack a system library: only one that runs counts. */
async function runs(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return false;
  }
  return (await run({ line: [path, "--version"], withinMs: VERSION_MS, output: "kept" })).ok;
}

async function fetchOwn({ name, own }: Program): Promise<boolean> {
  if (!own) return false;
  console.log(`${name} is not here yet: ${own.install.join(" ")}`);
  return (await run({ line: own.install, withinMs: FETCH_MS, output: "live" })).ok;
}

async function fetchFromDebian({ name, debianPackage }: Program): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  console.log(`${name} is not here yet: apt-get install ${debianPackage}`);
  const install = `apt-get update -q && apt-get install -qy --no-install-recommends ${debianPackage}`;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  return (await run({ line: ["sh", "-c", install], withinMs: FETCH_MS, output: "live", env })).ok;
}
