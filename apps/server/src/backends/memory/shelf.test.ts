import { MemoryShelf } from "./shelf.ts";
import { describeShelfContract } from "../../shelf/shelf.contract.ts";

describeShelfContract("the shelf in memory", async () => ({
  shelf: new MemoryShelf(),
  close: async () => {},
}));
