import { createClient, ErrorReply } from "@redis/client";
import { connectionOptions, type RawCommand, type Wire, type WireEvents } from "./wire.ts";

/** How far apart the connections are given up because of refused writes, in ms. */
const GIVEN_UP_EVERY_MS = 1_000;

/**
 * The connections to one Redis server: one for commands, one for subscriptions, so that either
 * can be lost without the other. If the server has become a replica they are made again: its name
 * may lead to another primary by now.
 */
export function serverWire(url: string, events: WireEvents): Wire {
  const commands = createClient({ url, ...connectionOptions });
  const subscriptions = commands.duplicate();
  const onMessage = (text: string, channel: string) => events.message(text, channel);
  for (const client of [commands, subscriptions]) {
    client.on("ready", () => events.ready());
    client.on("error", (error: unknown) => events.failed(error));
  }
  let givenUpAt = -Infinity;
  function giveUp(): void {
    const now = performance.now();
    if (now - givenUpAt < GIVEN_UP_EVERY_MS) return;
    givenUpAt = now;
    // The server hangs up, and the client connects again by itself. If this
    // fails, the connection has ended already, which the client tells as an error.
    // oxlint-disable-next-line house/no-bare-catch -- the client tells of it
    for (const client of [commands, subscriptions]) client.sendCommand(["QUIT"]).catch(() => {});
  }
  const send = (command: RawCommand): Promise<unknown> =>
    commands.sendCommand(command).catch((error: unknown) => {
      if (isReadOnly(error)) giveUp();
      throw error;
    });
  return {
    keepsOrder: true,
    spansRooms: true,
    get isListening() {
      return subscriptions.isReady;
    },
    connect() {
      for (const client of [commands, subscriptions]) {
        // It goes on trying by itself, and rejects only once it is destroyed; what failed was told as
        // an error.
        // oxlint-disable-next-line house/no-bare-catch -- the client tells of it
        client.connect().catch(() => {});
      }
    },
    send: (_key, command) => send(command),
    sendToAll: async (command) => [await send(command)],
    servers: () => Promise.resolve([send]),
    serverOf: () => Promise.resolve({ connection: commands, ask: send }),
    subscribe: (channel) => subscriptions.sSubscribe(channel, onMessage),
    unsubscribe: (channel) => subscriptions.sUnsubscribe(channel, onMessage),
    close() {
      for (const client of [commands, subscriptions]) client.destroy();
    },
  };
}

function isReadOnly(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("READONLY");
}
