import { createMemoryOutbox } from "./outbox-memory.ts";
import { outboxContract } from "../testing/outbox.contract.ts";

outboxContract("the outbox in memory", async () => createMemoryOutbox());
