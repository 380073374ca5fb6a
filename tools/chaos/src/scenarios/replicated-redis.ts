import { RedisServer } from "@parley/server/test/redis-server.ts";
import { pause } from "../patience.ts";
import { FaultProxy } from "../proxy.ts";

/** How long a replica may take until it has everything, in ms. */
const IN_STEP_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** A primary and what follows it, under an address that stays when a replica takes over. */
export class ReplicatedRedis {
  #primary: RedisServer;
  readonly #address: FaultProxy;
  #following: { readonly replica: RedisServer; readonly link: FaultProxy } | undefined;

  private constructor(primary: RedisServer, address: FaultProxy) {
    this.#primary = primary;
    this.#address = address;
  }

  static async start(): Promise<ReplicatedRedis> {
    const primary = await RedisServer.start();
    return new ReplicatedRedis(primary, await FaultProxy.start(primary.port));
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#address.port}`;
  }

  /** Gives the primary a replica, and waits until that has everything. */
  async replicate(): Promise<void> {
    const link = await FaultProxy.start(this.#primary.port);
    const replica = await RedisServer.start("--replicaof", "127.0.0.1", `${link.port}`);
    this.#following = { replica, link };
    const end = performance.now() + IN_STEP_WITHIN_MS;
    while (!/^master_link_status:up\r?$/m.test(String(await replica.command("INFO")))) {
      if (performance.now() > end) throw new Error("the replica did not get in step");
      await pause(LOOK_EVERY_MS);
    }
  }

  /** Cuts the replica off: what is written from now on, it lacks. */
  async cutOff(): Promise<void> {
    this.#following?.link.unplug();
  }

  /** Loses the primary for good; the replica takes its place, with what it has. */
  async failOver(): Promise<void> {
    if (!this.#following) throw new Error("there is no replica");
    const { replica, link } = this.#following;
    this.#following = undefined;
    await this.#primary.stop();
    await replica.command("REPLICAOF", "NO", "ONE");
    this.#primary = replica;
    this.#address.leadTo(replica.port);
    await link.close();
  }

  async stop(): Promise<void> {
    await this.#address.close();
    await this.#following?.link.close();
    await this.#following?.replica.stop();
    await this.#primary.stop();
  }
}
