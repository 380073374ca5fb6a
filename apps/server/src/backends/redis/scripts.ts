import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** Lua functions that run within Redis, as one script, so that they are known there all or none. */
export interface Script<Name extends string = string> {
  readonly code: string;
  /**
   * Its name in Redis: the digest of its code, so that servers of two releases can share one Redis
   * while a host replaces them one by one.
   */
  readonly sha1: string;
  readonly functions: readonly Name[];
}

export interface ScriptParts<Name extends string> {
  /** Names with values, as Lua: what the files share with the rest of the server. */
  readonly values?: Readonly<Record<string, string>>;
  /** Lua files that are read one after the other. */
  readonly files: readonly URL[];
  /** What may be called of them; each takes (KEYS, ARGV). */
  readonly functions: readonly Name[];
  /**
   * `refused` if memory is full, as what stays for good must be; `allowed` if a script only
   * reads, or writes what goes again by itself.
   */
  readonly whenFull: "refused" | "allowed";
}

/** Reads a script; its first argument names the function that is called. */
export function readScript<Name extends string>(parts: ScriptParts<Name>): Script<Name> {
  const { values = {}, files, functions, whenFull } = parts;
  const head = whenFull === "allowed" ? "#!lua flags=allow-oom" : "#!lua";
  const given = Object.entries(values).map(([name, value]) => `local ${name} = ${value}`);
  const source = files.map((file) => readFileSync(file, "utf8"));
  const table = functions.map((name) => `${name} = ${name}`).join(", ");
  const call = `return ({ ${table} })[table.remove(ARGV, 1)](KEYS, ARGV)`;
  const code = [head, ...given, ...source, call, ""].join("\n");
  return { code, sha1: createHash("sha1").update(code).digest("hex"), functions };
}
