import { fileURLToPath } from "node:url";
import type { Answered, Asked, Order, Orders } from "../load/orders.ts";
import { Child } from "./child.ts";

const FILE = fileURLToPath(new URL("../load/generator.ts", import.meta.url));
/** How long any order may take, in ms. */
const ORDER_WITHIN_MS = 240_000;

type ReportOf<O extends Order> = Orders[O["do"]]["report"];

/** The load generator's process, as the rows see it. */
export class Generator {
  readonly #child: Child;
  #asked = 0;

  /** @param core see {@link Child} */
  constructor(core: number | undefined) {
    this.#child = new Child({ file: FILE, core, talks: true });
  }

  /** Gives an order and waits for its report; rejects where it cannot be carried out. */
  async carryOut<O extends Order>(order: O): Promise<ReportOf<O>> {
    const id = (this.#asked += 1);
    const { process } = this.#child;
    const { promise, resolve, reject } = Promise.withResolvers<ReportOf<O>>();
    const onMessage = (answer: Answered) => {
      if (answer.id !== id) return;
      if (answer.is === "done") resolve(answer.report);
      else reject(new Error(answer.why));
    };
    const onExit = () => reject(new Error(`the load generator ended: ${this.#child.words}`));
    const patience = setTimeout(
      () => reject(new Error(`"${order.do}" took over ${ORDER_WITHIN_MS / 1_000} s`)),
      ORDER_WITHIN_MS,
    );
    process.on("message", onMessage).once("exit", onExit);
    try {
      process.send({ id, order } satisfies Asked);
      return await promise;
    } finally {
      clearTimeout(patience);
      process.off("message", onMessage).off("exit", onExit);
    }
  }

  end(): Promise<void> {
    return this.#child.kill();
  }
}
