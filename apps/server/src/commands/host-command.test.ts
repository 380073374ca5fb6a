import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

describe.each(["backup", "restore"])("pnpm %s", (name) => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "parley-command-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs the command in an empty directory. */
  const run = (...args: readonly string[]) => runWith({}, ...args);
  const runWith = (set: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
      execFile(
        process.execPath,
        [join(import.meta.dirname, `${name}.ts`), ...args],
        { cwd: folder, env: { DATA_DIR: join(folder, "data"), ...set } },
        (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
      );
    });

  it.each(["--help", "-h"])("explains itself with %s, and writes nothing", async (flag) => {
    const { code, out, err } = await run(flag);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(new RegExp(`^Usage: pnpm ${name} FILE\n\n\\w`));
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ["an unknown flag", ["--all"], "There is no option --all."],
    ["no file", [], "Name one file."],
    ["two files", ["a", "b"], "Name one file."],
  ])("refuses %s with exit code 2, and writes nothing", async (_, args, why) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe(`${why} Usage: pnpm ${name} FILE\n`);
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses if messages are in Redis, and writes nothing", async () => {
    const { code, out, err } = await runWith({ REDIS_URL: "redis://127.0.0.1:1" }, "file");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("REDIS_URL is set");
    expect(await readdir(folder)).toEqual([]);
  });
});
