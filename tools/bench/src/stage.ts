import type { Pinning } from "@parley/testkit/cores";
import type { Order, Orders } from "./load/orders.ts";
import type { Distribution } from "./load/targets.ts";
import { ALONE, type Deployment } from "./processes/deployment.ts";
import { Generator } from "./processes/generator.ts";
import { Server } from "./processes/server.ts";
import type { Subject } from "./processes/subject.ts";

/** A new server and a new load generator, in separate processes. */
export class Stage {
  readonly server: Server;
  readonly subject: Subject;
  readonly #generator: Generator;

  private constructor(subject: Subject, server: Server, generator: Generator) {
    this.subject = subject;
    this.server = server;
    this.#generator = generator;
  }

  /** Runs `act` with a new stage, and ends it even if `act` throws. */
  static async with<Result>(
    subject: Subject,
    pinning: Pinning,
    act: (stage: Stage) => Promise<Result>,
    deployment: Deployment = ALONE,
  ): Promise<Result> {
    const isPinned = pinning.is === "pinned";
    const cores = isPinned ? [pinning.server, ...pinning.spare] : [];
    const server = await Server.start(subject, cores, deployment);
    const generator = new Generator(isPinned ? pinning.generator : undefined);
    try {
      return await act(new Stage(subject, server, generator));
    } catch (error) {
      const { downfall } = server;
      if (downfall === undefined) throw error;
      throw new Error(`${subject.title} ended: ${downfall}`, { cause: error });
    } finally {
      await generator.end();
      await server.end();
    }
  }

  /** Gives the load generator an order. */
  carryOut<O extends Order>(order: O): Promise<Orders[O["do"]]["report"]> {
    return this.#generator.carryOut(order);
  }

  /** Joins clients to rooms of one size; rejects if some fail to join. */
  async gather(
    rooms: number,
    size: number,
    atOnce: number,
    distribution: Distribution = "neighbours-apart",
  ): Promise<Orders["gather"]["report"]> {
    const { dialect } = this.subject;
    const { ports } = this.server;
    const order = { dialect, ports, rooms, size, atOnce, distribution };
    const report = await this.carryOut({ do: "gather", ...order });
    if (report.joined === report.wanted) return report;
    throw new Error(`${report.wanted - report.joined} of ${report.wanted} could not join`);
  }
}
