import { Haproxy } from "@parley/testkit/haproxy";
import { cpuMsOf, residentBytesOf } from "@parley/testkit/usage";
import { holds } from "@parley/testkit/waiting";
import type { Joined, Part } from "../load/large-orders.ts";
import type { Order, Orders } from "../load/orders.ts";
import { Generator } from "../processes/generator.ts";
import { Server } from "../processes/server.ts";
import type { Subject } from "../processes/subject.ts";
import type { Use } from "./bound.ts";
import { FULL_MEMORY } from "./bound.ts";
import { MachineUse, memoryShare, mostOpenFiles } from "./machine-use.ts";
import { planFor, type Plan } from "./plan.ts";

/** Connections of a HAProxy that are not members': health checks and questions. */
const SPARE_CONNECTIONS = 200;
/** Between two looks at the machine's memory while members join, in ms. */
const LOOK_EVERY_MS = 500;

/** The CPU time of each kind of process, in ms. */
export interface CpuMs {
  readonly servers: number;
  readonly proxies: number;
  readonly store: number;
}

/** Several servers on one Redis behind HAProxies, and the load generators of a population. */
export class Site {
  readonly subject: Subject;
  readonly plan: Plan;
  readonly #openFiles: number;
  readonly #server: Server;
  readonly #proxies: Haproxy[] = [];
  readonly #generators: readonly Generator[];
  readonly #machine = new MachineUse();

  private constructor(subject: Subject, plan: Plan, openFiles: number, server: Server) {
    this.subject = subject;
    this.plan = plan;
    this.#openFiles = openFiles;
    this.#server = server;
    this.#generators = plan.parts.map(() => new Generator(undefined));
  }

  /**
   * Runs `act` with a new site, and ends it even if `act` throws.
   * @param openFiles how many files a process may have open
   */
  static async with<Result>(
    subject: Subject,
    members: number,
    openFiles: number,
    act: (site: Site) => Promise<Result>,
  ): Promise<Result> {
    const plan = planFor(members, openFiles);
    const server = await Server.start(subject, [], { nodes: plan.servers, by: "redis" });
    const site = new Site(subject, plan, openFiles, server);
    try {
      await site.#startProxies();
      return await act(site);
    } catch (error) {
      const { downfall } = server;
      if (downfall === undefined) throw error;
      throw new Error(`${subject.title} ended: ${downfall.slice(-500)}`, { cause: error });
    } finally {
      await Promise.all(site.#generators.map((generator) => generator.end()));
      await Promise.all(site.#proxies.map((proxy) => proxy.close()));
      await server.end();
    }
  }

  get ports(): readonly number[] {
    return this.#proxies.map(({ port }) => port);
  }

  /** How many processes there are, in words. */
  get processes(): string {
    const { servers, proxies, parts } = this.plan;
    return `${servers} servers, ${proxies} HAProxy, Redis, ${parts.length} load generators`;
  }

  /** Gives each load generator its order, and waits for all. */
  all<O extends Order>(
    orderFor: (part: Part, place: number) => O,
  ): Promise<Orders[O["do"]]["report"][]> {
    return Promise.all(
      this.#generators.map((generator, place) => {
        const part = this.plan.parts[place];
        if (!part) throw new Error(`there is no part ${place}`);
        return generator.carryOut(orderFor(part, place));
      }),
    );
  }

  /** Gives the first load generator an order. */
  first<O extends Order>(order: O): Promise<Orders[O["do"]]["report"]> {
    const [generator] = this.#generators;
    if (!generator) throw new Error("there is no load generator");
    return generator.carryOut(order);
  }

  /** Lets members join by this order, and stops when the machine's memory is nearly full. */
  async join(
    orderFor: (part: Part, place: number) => Extract<Order, { do: "populate" | "move" }>,
  ): Promise<Joined> {
    const joining = this.all(orderFor);
    const isDone = joining.then(
      () => true,
      () => true,
    );
    let isOver = false;
    void isDone.then(() => (isOver = true));
    await holds(() => isOver || memoryShare() >= FULL_MEMORY, Infinity, LOOK_EVERY_MS);
    if (!isOver) await this.all(() => ({ do: "halt" }) as const);
    const reports = await joining;
    const sum = (of: (report: Joined) => number) =>
      reports.reduce((total, report) => total + of(report), 0);
    return {
      joined: sum(({ joined }) => joined),
      wanted: sum(({ wanted }) => wanted),
      failed: sum(({ failed }) => failed),
      ms: Math.max(...reports.map(({ ms }) => ms)),
      isLate: reports.some((report) => report.isLate),
    };
  }

  /** The use of the machine since the last call. */
  use(): Use {
    const pids = [
      ...this.#server.pids,
      ...this.#proxyPids,
      ...this.#generators.map(({ pid }) => pid),
    ];
    return {
      cpu: this.#machine.cpuShare(),
      memory: memoryShare(),
      openFiles: mostOpenFiles(pids) / this.#openFiles,
    };
  }

  cpuMs(): CpuMs {
    const of = (pids: readonly number[]) => cpuMsOf(pids) ?? Number.NaN;
    const { pids, storePids } = this.#server;
    return { servers: of(pids), proxies: of(this.#proxyPids), store: of(storePids) };
  }

  /** The memory of all servers in bytes, once they have collected their garbage. */
  async collectedBytes(): Promise<number> {
    await this.#server.collectGarbage();
    return residentBytesOf(this.#server.pids) ?? Number.NaN;
  }

  /** The memory of Redis and of all HAProxies, in bytes. */
  otherBytes(): { readonly store: number; readonly proxies: number } {
    const of = (pids: readonly number[]) => residentBytesOf(pids) ?? Number.NaN;
    return { store: of(this.#server.storePids), proxies: of(this.#proxyPids) };
  }

  /** Kills all servers like `kill -9`, and starts them again. */
  async restart(): Promise<void> {
    await this.#server.kill();
    await this.#server.startAgain();
  }

  get #proxyPids(): number[] {
    return this.#proxies.map(({ pid }) => pid);
  }

  async #startProxies(): Promise<void> {
    const { proxies, parts } = this.plan;
    const members = parts.reduce((total, { count }) => total + count, 0);
    const each = Math.ceil(members / proxies) + SPARE_CONNECTIONS;
    for (let place = 0; place < proxies; place += 1) {
      this.#proxies.push(await Haproxy.start(this.#server.ports, each));
    }
  }
}
