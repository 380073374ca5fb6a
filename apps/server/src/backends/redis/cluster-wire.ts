import { createCluster } from "@redis/client";
import { tryingAgain } from "./try-again.ts";
import { connectionOptions, type AskServer, type Wire, type WireEvents } from "./wire.ts";

/** The longest wait before another search for a cluster that has no reachable server, in ms. */
const FIND_AGAIN_MS = 1_000;

/**
 * The connections to a Redis Cluster: a room's keys and channel share a hash tag, and so a slot;
 * the client follows slots that move. User, password and TLS of the first URL count for all.
 */
export function clusterWire(urls: readonly string[], events: WireEvents): Wire {
  const { username, password, protocol } = new URL(urls[0] ?? "");
  const cluster = createCluster({
    rootNodes: urls.map((url) => ({ url })),
    defaults: {
      ...connectionOptions,
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
      socket: {
        ...connectionOptions.socket,
        ...(protocol === "rediss:" ? ({ tls: true } as const) : {}),
      },
    },
  });
  const onMessage = (text: string, channel: string) => events.message(text, channel);
  cluster.on("node-ready", () => events.ready());
  cluster.on("error", (error: unknown) => events.failed(error));
  cluster.on("node-error", (error: unknown) => events.failed(error));
  // A channel that could not follow its slot: the next comparison with the log finds it out.
  cluster.on("sharded-channel-moved-error", (error: unknown) => events.failed(error));
  let lifecycle: "open" | "closed" = "open";
  function connect(): void {
    cluster.connect().then(
      () => events.ready(),
      (error: unknown) => {
        if (lifecycle === "closed") return;
        events.failed(error);
        setTimeout(() => lifecycle === "open" && connect(), FIND_AGAIN_MS).unref();
      },
    );
  }
  return {
    keepsOrder: false,
    spansRooms: false,
    // A subscription follows its slot some time after the slot has moved.
    isListening: false,
    connect,
    send: (key, command) => tryingAgain(() => cluster.sendCommand(key, false, [...command])),
    sendToAll: (command) =>
      Promise.all(
        cluster.masters.map(async (master) => {
          const client = await cluster.nodeClient(master);
          return client.sendCommand<unknown>(command);
        }),
      ),
    servers: () =>
      Promise.all(
        cluster.masters.map(async (master): Promise<AskServer> => {
          const client = await cluster.nodeClient(master);
          return (command) => client.sendCommand<unknown>(command);
        }),
      ),
    serverOf: async (key) => {
      // oxlint-disable-next-line no-underscore-dangle -- nothing else says which connection a key has
      const client = await cluster._slots.getClientForKey(key, false);
      return { connection: client, ask: (command) => client.sendCommand<unknown>(command) };
    },
    subscribe: (channel) => cluster.sSubscribe(channel, onMessage),
    unsubscribe: (channel) => cluster.sUnsubscribe(channel, onMessage),
    close() {
      lifecycle = "closed";
      cluster.destroy();
    },
  };
}
