import { describeFileStoreContract } from "../../files/file-store.contract.ts";
import { MemoryFiles } from "./files.ts";

describeFileStoreContract("the store of files in memory", async () => ({
  store: new MemoryFiles(),
  close: async () => {},
}));
