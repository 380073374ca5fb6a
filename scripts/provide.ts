import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { run } from "./command.ts";

/** A program that the machine may have already, or that can be had. */
export interface Program {
  /** For people. */
  readonly name: string;
  /** The environment variable that names its path; it goes before everything else. */
  readonly variable: string;
  /** A copy that one of our own dependencies keeps, and the command that fetches it. */
  readonly own?: { readonly path: string; readonly install: readonly [string, ...string[]] };
  /** Its names on PATH, the best first. */
  readonly commands: readonly string[];
  /** Debian's package of it. */
  readonly debianPackage: string;
}

export type Provided =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly advice: string };

/** Printing its own version, in ms: enough for a cold disk. */
const VERSION_MS = 30_000;
/** Fetching a program, in ms. */
const FETCH_MS = 300_000;

/**
 * Finds a program that runs on this machine, or fetches it: the variable, our own copy, PATH, then
 * our own copy fetched, then, as root on Debian, its package.
 * @returns the path to run, or what a person can do if none of these worked
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

/** A browser may be there and yet miss a library of the system: only one that runs counts. */
async function runs(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
  } catch {
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
