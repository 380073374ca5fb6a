import { createClient } from "redis";
import { connectionOptions, type RawCommand, type Wire, type WireEvents } from "./wire.ts";

/**
 * The connections to one Redis server: one for commands, one for subscriptions, so that either
 * can be lost without the other.
 */
export function serverWire(url: string, events: WireEvents): Wire {
  const commands = createClient({ url, ...connectionOptions });
  const subscriptions = commands.duplicate();
  const onMessage = (text: string, channel: string) => events.message(text, channel);
  for (const client of [commands, subscriptions]) {
    client.on("ready", () => events.ready());
    client.on("error", (error: unknown) => events.failed(error));
  }
  const send = (command: RawCommand): Promise<unknown> => commands.sendCommand(command);
  return {
    keepsOrder: true,
    connect() {
      for (const client of [commands, subscriptions]) {
        // It goes on trying by itself; what failed was told as an error.
        client.connect().catch(() => {});
      }
    },
    send: (_key, command) => send(command),
    sendToAll: async (command) => [await send(command)],
    subscribe: (channel) => subscriptions.sSubscribe(channel, onMessage),
    unsubscribe: (channel) => subscriptions.sUnsubscribe(channel, onMessage),
    close() {
      for (const client of [commands, subscriptions]) client.destroy();
    },
  };
}
