import { expect, it } from "vitest";
import { MemoryFiles } from "../backends/memory/files.ts";
import { copyFiles } from "./copy-files.ts";
import { fileId } from "./file-store.contract.ts";

it("copies a file over what is left of it", async () => {
  const [from, to] = [new MemoryFiles(), new MemoryFiles()];
  const bytes = new TextEncoder().encode("all of it");
  await from.put(fileId(1), 0, bytes);
  await to.put(fileId(1), 0, bytes.subarray(0, 3));
  const file = { id: fileId(1), size: bytes.length };
  expect(await copyFiles([file], [from], to)).toEqual({ copied: 1, missing: 0 });
  expect(await to.get(fileId(1), 0)).toEqual(bytes);
});
