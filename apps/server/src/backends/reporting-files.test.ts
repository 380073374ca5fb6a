import { expect, it } from "vitest";
import { describeFileStoreContract, fileId, listed } from "../files/file-store.contract.ts";
import { FilesUnavailable, NoSpace } from "../files/file-store.ts";
import { MemoryFiles } from "./memory/files.ts";
import { reportingFiles } from "./reporting-files.ts";

const BYTES = new Uint8Array([1]);

describeFileStoreContract("a store of files whose trouble is logged", async () => ({
  store: reportingFiles(new MemoryFiles(), { warn: () => {}, info: () => {} }),
  close: async () => {},
}));

it("logs when files cannot be stored, why, and when they can again, once each", async () => {
  const lines: unknown[] = [];
  const log = (...line: unknown[]) => void lines.push(line);
  const memory = new MemoryFiles();
  const store = reportingFiles(memory, { warn: log, info: log });
  const { put } = memory;
  memory.put = () => Promise.reject(new FilesUnavailable("S3 answers 403 (AccessDenied)"));
  for (const part of [0, 1]) {
    await expect(store.put(fileId(1), part, BYTES)).rejects.toThrow(FilesUnavailable);
  }
  memory.put = () => Promise.reject(new NoSpace("The disk is almost full."));
  await expect(store.put(fileId(1), 0, BYTES)).rejects.toThrow(NoSpace);
  memory.put = put;
  for (const part of [0, 1]) await store.put(fileId(1), part, BYTES);
  expect(await listed(store)).toEqual([fileId(1)]);
  expect(lines).toEqual([
    [{ why: "S3 answers 403 (AccessDenied)" }, "files cannot be stored or read now"],
    [{ why: "The disk is almost full." }, "files cannot be stored or read now"],
    ["files can be stored again"],
  ]);
});
