import { RedisServer } from "@parley/testkit/redis-server";
import { holds } from "@parley/testkit/waiting";
import { TcpProxy } from "@parley/testkit/tcp-proxy";

/** How long a replica may take to catch up, in ms. */
const IN_STEP_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** A primary with a replica, at an address that stays when the replica is promoted. */
export class ReplicatedRedis {
  #primary: RedisServer;
  readonly #address: TcpProxy;
  #following: { readonly replica: RedisServer; readonly link: TcpProxy } | undefined;

  private constructor(primary: RedisServer, address: TcpProxy) {
    this.#primary = primary;
    this.#address = address;
  }

  static async start(): Promise<ReplicatedRedis> {
    const primary = await RedisServer.start();
    return new ReplicatedRedis(primary, await TcpProxy.start(primary.port));
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#address.port}`;
  }

  /** Gives the primary a replica, and waits until it has caught up. */
  async replicate(): Promise<void> {
    const link = await TcpProxy.start(this.#primary.port);
    const replica = await RedisServer.start("--replicaof", "127.0.0.1", `${link.port}`);
    this.#following = { replica, link };
    const isInStep = async () =>
      /^master_link_status:up\r?$/m.test(String(await replica.command("INFO")));
    if (await holds(isInStep, IN_STEP_WITHIN_MS, LOOK_EVERY_MS)) return;
    throw new Error("the replica did not get in step");
  }

  /** Cuts the replica off: it lacks what is written from now on. */
  async cutOff(): Promise<void> {
    this.#following?.link.cut();
  }

  /** Loses the primary for good; the replica takes its place, with its own data. */
  async failOver(): Promise<void> {
    if (!this.#following) throw new Error("there is no replica");
    const { replica, link } = this.#following;
    this.#following = undefined;
    await this.#primary.stop();
    await replica.command("REPLICAOF", "NO", "ONE");
    this.#primary = replica;
    this.#address.leadTo(replica.port);
    this.#address.reset();
    await link.close();
  }

  async stop(): Promise<void> {
    await this.#address.close();
    await this.#following?.link.close();
    await this.#following?.replica.stop();
    await this.#primary.stop();
  }
}
