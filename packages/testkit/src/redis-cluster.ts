import { freePort } from "./ports.ts";
import { RedisServer } from "./redis-server.ts";
import { holds } from "./waiting.ts";

const SLOTS = 16_384;
/** How long a cluster may take to agree, in ms; a busy machine is slow. */
const AGREED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** A Redis cluster of masters, for one test. */
export class RedisCluster {
  readonly servers: readonly RedisServer[];

  private constructor(servers: readonly RedisServer[]) {
    this.servers = servers;
  }

  /** @param masters how many share the slots */
  static async start(masters: number): Promise<RedisCluster> {
    const servers: RedisServer[] = [];
    for (let index = 0; index < masters; index += 1) {
      const busPort = String(await freePort());
      const options = ["--cluster-enabled", "yes", "--cluster-port", busPort];
      const server = await RedisServer.start(...options, "--cluster-node-timeout", "2000");
      const from = Math.floor((index * SLOTS) / masters);
      const to = Math.floor(((index + 1) * SLOTS) / masters) - 1;
      await server.command("CLUSTER", "ADDSLOTSRANGE", String(from), String(to));
      await servers[0]?.command("CLUSTER", "MEET", "127.0.0.1", String(server.port), busPort);
      servers.push(server);
    }
    const cluster = new RedisCluster(servers);
    await cluster.#agreed();
    return cluster;
  }

  get url(): string {
    return `redis+cluster://${this.servers.map(({ port }) => `127.0.0.1:${port}`).join(",")}`;
  }

  /**
   * Moves the slot of a key to the next server, key by key, as `redis-cli --cluster reshard` does.
   */
  async moveSlotOf(key: string): Promise<void> {
    const [first] = this.servers;
    const slot = String(await first?.command("CLUSTER", "KEYSLOT", key));
    const from = Math.floor((Number(slot) * this.servers.length) / SLOTS);
    const [source, target] = [this.#at(from), this.#at(from + 1)];
    const [sourceId, targetId] = [
      String(await source.command("CLUSTER", "MYID")),
      String(await target.command("CLUSTER", "MYID")),
    ];
    await target.command("CLUSTER", "SETSLOT", slot, "IMPORTING", sourceId);
    await source.command("CLUSTER", "SETSLOT", slot, "MIGRATING", targetId);
    for (;;) {
      const keys = (await source.command("CLUSTER", "GETKEYSINSLOT", slot, "100")) as string[];
      if (keys.length === 0) break;
      for (const moving of keys) {
        await source.command("MIGRATE", "127.0.0.1", String(target.port), moving, "0", "5000");
      }
    }
    for (const server of [target, source]) {
      await server.command("CLUSTER", "SETSLOT", slot, "NODE", targetId);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }

  #at(index: number): RedisServer {
    const server = this.servers[index % this.servers.length];
    if (!server) throw new Error("A cluster has servers.");
    return server;
  }

  async #agreed(): Promise<void> {
    for (const server of this.servers) {
      const isAgreed = () => this.#isAgreed(server);
      if (await holds(isAgreed, AGREED_WITHIN_MS, LOOK_EVERY_MS)) continue;
      throw new Error("The cluster did not come together.");
    }
  }

  async #isAgreed(server: RedisServer): Promise<boolean> {
    const info = String(await server.command("CLUSTER", "INFO"));
    return (
      info.includes("cluster_state:ok") && info.includes(`cluster_size:${this.servers.length}`)
    );
  }
}
