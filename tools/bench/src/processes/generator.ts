import { fileURLToPath } from "node:url";
import { within } from "@parley/testkit/waiting";
import type { Child } from "@parley/testkit/child";
import type { Answered, Asked, Order, Orders } from "../load/orders.ts";
import { nodeChild } from "./node-child.ts";

const FILE = fileURLToPath(new URL("../load/generator.ts", import.meta.url));
/** How long any order may take, in ms. */
const ORDER_WITHIN_MS = 240_000;

type ReportOf<O extends Order> = Orders[O["do"]]["report"];

/** The load generator's process, as the rows use it. */
export class Generator {
  readonly #child: Child;
  #asked = 0;

  /** @param core to pin it to; undefined leaves that to the system */
  constructor(core: number | undefined) {
    this.#child = nodeChild({ file: FILE, core, messages: "advanced" });
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Gives an order and waits for its report; rejects if the order fails. */
  async carryOut<O extends Order>(order: O): Promise<ReportOf<O>> {
    const id = (this.#asked += 1);
    const { process } = this.#child;
    const { promise, resolve, reject } = Promise.withResolvers<ReportOf<O>>();
    const onMessage = (answer: Answered) => {
      if (answer.id !== id) return;
      if (answer.is === "done") resolve(answer.report);
      else reject(new Error(answer.why));
    };
    const onExit = () => reject(new Error(`the load generator ended: ${this.#child.output}`));
    process.on("message", onMessage).once("exit", onExit);
    try {
      process.send({ id, order } satisfies Asked);
      return await within(promise, ORDER_WITHIN_MS, `"${order.do}"`);
    } finally {
      process.off("message", onMessage).off("exit", onExit);
    }
  }

  end(): Promise<void> {
    return this.#child.end("SIGKILL");
  }
}
