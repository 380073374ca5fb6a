import { expect, it } from "vitest";
import { filesBelow } from "./folders.ts";

type Tree = readonly (string | readonly [string, Tree])[];

/** Entries as a browser gives them: a folder is read two at a time. */
function entriesOf(tree: Tree): FileSystemEntry[] {
  return tree.map((node) => {
    if (typeof node === "string") {
      const file = (done: (file: File) => void) => done(new File([node], node));
      return { isDirectory: false, name: node, file } as never;
    }
    const [name, inside] = node;
    const createReader = () => {
      const left = entriesOf(inside);
      const readEntries = (done: (entries: FileSystemEntry[]) => void) => done(left.splice(0, 2));
      return { readEntries };
    };
    return { isDirectory: true, name, createReader } as never;
  });
}

it("finds all files in folders, in the order of their names, without those of the system", async () => {
  const tree: Tree = ["z.png", ["trip", ["b.png", "a.png", ".DS_Store", ["day 2", ["c.png"]]]]];
  const found = await filesBelow(entriesOf(tree));
  expect(found.map(({ name }) => name)).toEqual(["z.png", "a.png", "b.png", "c.png"]);
});

it("stops at a limit", async () => {
  const many = Array.from({ length: 3_000 }, (_, n) => `${n}`);
  expect(await filesBelow(entriesOf([["all", many]]))).toHaveLength(1_000);
});
