import { expect, it } from "vitest";
import { repeatedTypeNames } from "./type-names.ts";

function repeated(files: Readonly<Record<string, string>>) {
  return Object.fromEntries(repeatedTypeNames(new Map(Object.entries(files))));
}

it("finds a name that two files export, as types of any kind", () => {
  expect(
    repeated({
      "rooms/room.ts": "export class Room implements Closable {}\nexport type Draft = string;",
      "web/room.ts": "export interface Room {\n  readonly id: string;\n}",
      "log/log.ts": "export abstract class Log<Entry> {}\nexport enum Kind {}",
      "web/log.tsx": "export type Log<T> = readonly T[];",
    }),
  ).toEqual({ Room: ["rooms/room.ts", "web/room.ts"], Log: ["log/log.ts", "web/log.tsx"] });
});

it("ignores re-exports, values and types that a file keeps to itself", () => {
  expect(
    repeated({
      "a.ts": "export interface Room {}\ninterface Deps {}\nexport const Token = 1;",
      "b.ts": `export type { Room } from "./a.ts";\ninterface Deps {}\nexport type Token = 1;`,
    }),
  ).toEqual({});
});
