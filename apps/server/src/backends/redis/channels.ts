import { throwUnlessUnavailable } from "../../log/log.ts";
import type { RedisConnection } from "./connection.ts";

/** What a channel tells those who listen to it. */
export interface ChannelListener {
  message(text: string): void;
  /** The subscription was lost and made again: messages in between are lost. */
  renewed(): void;
}

interface Channel {
  readonly listeners: Set<ChannelListener>;
  readonly subscribing: Promise<void>;
  isSubscribed: boolean;
}

type Subscriptions = Pick<RedisConnection, "subscribe" | "unsubscribe" | "isListening">;

/** The channels that this server is subscribed to, each once, however many listen. */
export class Channels {
  readonly #channels = new Map<string, Channel>();
  readonly #redis: Subscriptions;

  constructor(redis: Subscriptions) {
    this.#redis = redis;
  }

  /**
   * Listens to a channel. Throws LogUnavailable, and then does not.
   * @returns stops it
   */
  async listen(name: string, listener: ChannelListener): Promise<() => void> {
    const channel = this.#channels.get(name) ?? this.#subscribe(name);
    channel.listeners.add(listener);
    const stop = () => this.#remove(name, channel, listener);
    try {
      await channel.subscribing;
      return stop;
    } catch (error) {
      stop();
      throw error;
    }
  }

  /** Whether this server's own subscription to a channel is known to be in force. */
  isSubscribed(name: string): boolean {
    return this.#redis.isListening && (this.#channels.get(name)?.isSubscribed ?? false);
  }

  /** Takes a message of the connection. */
  message(text: string, name: string): void {
    const channel = this.#channels.get(name);
    if (channel) for (const listener of channel.listeners) listener.message(text);
  }

  /** The connection was made again. */
  renewed(): void {
    for (const { listeners } of this.#channels.values()) {
      for (const listener of listeners) listener.renewed();
    }
  }

  /** Subscribes once more to a channel on which nothing comes though it should. */
  async renew(name: string): Promise<void> {
    const before = this.#channels.get(name);
    if (before) before.isSubscribed = false;
    await this.#redis.unsubscribe(name);
    await this.#redis.subscribe(name);
    const channel = this.#channels.get(name);
    if (channel) channel.isSubscribed = true;
    if (channel) for (const listener of channel.listeners) listener.renewed();
    else await this.#redis.unsubscribe(name);
  }

  #subscribe(name: string): Channel {
    const channel: Channel = {
      listeners: new Set<ChannelListener>(),
      isSubscribed: false,
      subscribing: this.#redis.subscribe(name).then(() => {
        channel.isSubscribed = true;
      }),
    };
    this.#channels.set(name, channel);
    return channel;
  }

  #remove(name: string, channel: Channel, listener: ChannelListener): void {
    channel.listeners.delete(listener);
    if (channel.listeners.size > 0 || this.#channels.get(name) !== channel) return;
    this.#channels.delete(name);
    // A channel that could not be unsubscribed delivers messages that nobody listens to.
    this.#redis.unsubscribe(name).catch(throwUnlessUnavailable);
  }
}
