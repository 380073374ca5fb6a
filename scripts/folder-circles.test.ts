import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arrowsBetweenFolders, circlesOf } from "./folder-circles.ts";

let source: string;
beforeEach(() => {
  source = mkdtempSync(join(tmpdir(), "parley-folders-"));
});
afterEach(() => rmSync(source, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
  }
}

describe("circles of folders", () => {
  it("finds folders that import each other through a third, each in files that do not", () => {
    write({
      "log/log.ts": `import { a } from "../limits/a.ts";`,
      "limits/a.ts": `export const a = 1;`,
      "limits/b.ts": `export type { C } from "../rooms/c.ts";`,
      "rooms/c.ts": `import type { Log } from "../log/log.ts";`,
      "session/d.ts": `import {\n  c,\n} from "../rooms/c.ts";`,
    });
    expect(circlesOf(arrowsBetweenFolders(source))).toEqual([["limits", "log", "rooms"]]);
  });

  it("treats a file directly in the source folder as its own folder", () => {
    write({
      "main.ts": `import { room } from "./rooms/room.ts";`,
      "config.ts": `export const port = 1;`,
      "rooms/room.ts": `import { port } from "../config.ts";`,
    });
    const arrows = arrowsBetweenFolders(source);
    expect(arrows.get("main.ts")).toEqual(new Set(["rooms"]));
    expect(arrows.get("rooms")).toEqual(new Set(["config.ts"]));
    expect(circlesOf(arrows)).toEqual([]);
  });

  it("ignores tests, and imports inside a folder", () => {
    write({
      "log/log.ts": `import { b } from "./b.ts";`,
      "log/log.test.ts": `import { room } from "../rooms/room.ts";`,
      "log/b.ts": "",
      "rooms/room.ts": `const log = await import("../log/log.ts");`,
    });
    expect(circlesOf(arrowsBetweenFolders(source))).toEqual([]);
  });
});
