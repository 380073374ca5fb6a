import { MemoryShelf } from "./memory-shelf.ts";
import { describeShelfContract } from "./shelf.contract.ts";

describeShelfContract("the shelf in memory", async () => ({
  shelf: new MemoryShelf(),
  close: async () => {},
}));
