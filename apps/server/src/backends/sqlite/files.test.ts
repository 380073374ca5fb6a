import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { OpenedFiles, type DirectoryState } from "./files.ts";

const FILE = "kept";

let directory: string;
let now: number;
let state: DirectoryState;
let files: OpenedFiles;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "parley-files-"));
  writeFileSync(join(directory, FILE), "");
  state = { dev: 1, ino: 1, ctimeMs: 1_000.5 };
  now = 2_000;
  files = new OpenedFiles(
    directory,
    [FILE],
    () => state,
    () => now,
  );
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const goAway = () => rmSync(join(directory, FILE));

describe("files that were opened", () => {
  it("are not looked at while their directory is as it was", () => {
    files.check();
    goAway();
    expect(() => files.check()).not.toThrow();
    expect(() => files.checkEach()).toThrow(/is not the file it was/);
  });

  it.each([
    ["where a name in their directory came or went", { ctimeMs: 1_000.6 }],
    ["where another directory is in its place", { ino: 2 }],
    ["where another file system is in its place", { dev: 2 }],
  ])("[D1] are looked at %s", (_, change) => {
    files.check();
    goAway();
    state = { ...state, ...change };
    expect(() => files.check()).toThrow(/is not the file it was/);
  });

  it.each([
    ["a fine clock", 1_000.5, 1_100],
    ["a clock of whole seconds", 1_000, 3_999],
    ["a clock that was set back since", 9_000, 2_000],
  ])("[D1] are looked at as long as %s may not have ticked", (_, ctimeMs, at) => {
    state = { ...state, ctimeMs };
    now = at;
    files.check();
    goAway();
    expect(() => files.check()).toThrow(/is not the file it was/);
  });

  it("[D1] are found gone at once, on this machine's file system", () => {
    for (let round = 0; round < 20; round += 1) {
      const real = new OpenedFiles(directory, [FILE]);
      real.check();
      renameSync(join(directory, FILE), join(directory, "away"));
      expect(() => real.check()).toThrow(/is not the file it was/);
      renameSync(join(directory, "away"), join(directory, FILE));
      expect(() => real.check()).not.toThrow();
    }
  });
});
