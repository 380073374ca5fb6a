import ipaddr from "ipaddr.js";
import { LARGE_FRAMES_MAX, LARGE_FRAMES_PER_ADDRESS_MAX } from "./limits.ts";
import type { Rates } from "./rates.ts";
import { TokenBucket } from "./rate-limit.ts";

/** How many hextets of an IPv6 address name a network: a household has a /64. */
const IPV6_NETWORK_HEXTETS = 4;

interface Network {
  connections: number;
  streams: number;
  polls: number;
  uploads: number;
  largeFrames: number;
  readonly newRooms: TokenBucket;
  readonly conversations: TokenBucket;
  readonly hourlyConversations: TokenBucket;
  readonly storage: TokenBucket;
  readonly files: TokenBucket;
  readonly frames: TokenBucket;
  readonly bytes: TokenBucket;
  readonly requests: TokenBucket;
}

/** What each network address uses: its connections, and its permits to open rooms and to store. */
export class Addresses {
  readonly #networks = new Map<string, Network>();
  /** The network of each address that was asked for since the last sweep: every frame asks. */
  readonly #byAddress = new Map<string, Network>();
  readonly #rates: Rates;
  /** Of all addresses. */
  #largeFrames = 0;
  readonly #now: () => number;

  constructor(rates: Rates, now: () => number) {
    this.#rates = rates;
    this.#now = now;
  }

  /**
   * Counts a connection in.
   * @returns counts it out again, or undefined if the address has too many
   */
  admit(address: string): (() => void) | undefined {
    return this.#countIn(address, "connections", this.#rates.connections);
  }

  /** Counts a stream in, as {@link admit} does a connection. */
  admitStream(address: string): (() => void) | undefined {
    return this.#countIn(address, "streams", this.#rates.streams);
  }

  /** Counts a poll in that waits, as {@link admit} does a connection. */
  admitPoll(address: string): (() => void) | undefined {
    return this.#countIn(address, "polls", this.#rates.polls);
  }

  /** Counts a part of a file in that comes now, as {@link admit} does a connection. */
  admitUpload(address: string): (() => void) | undefined {
    return this.#countIn(address, "uploads", this.#rates.uploads);
  }

  /** Counts a large binary frame in, as {@link admit} does a connection. */
  admitLargeFrame(address: string): (() => void) | undefined {
    if (this.#largeFrames >= LARGE_FRAMES_MAX) return undefined;
    const countOut = this.#countIn(address, "largeFrames", LARGE_FRAMES_PER_ADDRESS_MAX);
    if (!countOut) return undefined;
    this.#largeFrames += 1;
    return () => {
      this.#largeFrames -= 1;
      countOut();
    };
  }

  /** The permits of this address to join rooms that were empty. */
  newRoomsOf(address: string): TokenBucket {
    return this.#networkOf(address).newRooms;
  }

  /** The permits of this address to begin a conversation: each takes one of both. */
  conversationsOf(address: string): readonly TokenBucket[] {
    const { conversations, hourlyConversations } = this.#networkOf(address);
    return [conversations, hourlyConversations];
  }

  /** The permits of this address to store, one a byte. */
  storageOf(address: string): TokenBucket {
    return this.#networkOf(address).storage;
  }

  /** The permits of this address to begin files, one a byte. */
  fileBytesOf(address: string): TokenBucket {
    return this.#networkOf(address).files;
  }

  /** The permits of this address to ask over HTTP; an upgrade is a request too. */
  requestsOf(address: string): TokenBucket {
    return this.#networkOf(address).requests;
  }

  /**
   * Counts what a connection of this address sent; with nothing, only looks.
   * @returns how long to wait before more is read from the address, in ms
   */
  sent(address: string, frames: number, bytes: number): number {
    const network = this.#networkOf(address);
    const now = this.#now();
    network.frames.spend(now, frames);
    network.bytes.spend(now, bytes);
    return Math.max(network.frames.wait(now), network.bytes.wait(now));
  }

  /** Forgets the addresses that use nothing. To be called now and then. */
  sweep(): void {
    const now = this.#now();
    this.#byAddress.clear();
    for (const [
      key,
      { connections, streams, polls, uploads, largeFrames, ...buckets },
    ] of this.#networks) {
      const isIdle = Object.values(buckets).every((bucket) => bucket.isFull(now));
      if (connections + streams + polls + uploads + largeFrames === 0 && isIdle)
        this.#networks.delete(key);
    }
  }

  #countIn(
    address: string,
    what: "connections" | "streams" | "polls" | "uploads" | "largeFrames",
    most: number,
  ): (() => void) | undefined {
    const network = this.#networkOf(address);
    if (network[what] >= most) return undefined;
    network[what] += 1;
    return () => {
      network[what] -= 1;
    };
  }

  #networkOf(address: string): Network {
    const known = this.#byAddress.get(address);
    if (known) return known;
    const key = networkKey(address);
    const network = this.#networks.get(key) ?? this.#create(key);
    this.#byAddress.set(address, network);
    return network;
  }

  #create(key: string): Network {
    const network = {
      connections: 0,
      streams: 0,
      polls: 0,
      uploads: 0,
      largeFrames: 0,
      newRooms: new TokenBucket(this.#rates.newRooms, this.#now()),
      conversations: new TokenBucket(this.#rates.conversations, this.#now()),
      hourlyConversations: new TokenBucket(this.#rates.hourlyConversations, this.#now()),
      storage: new TokenBucket(this.#rates.storage, this.#now()),
      files: new TokenBucket(this.#rates.files, this.#now()),
      frames: new TokenBucket(this.#rates.frames, this.#now()),
      bytes: new TokenBucket(this.#rates.bytes, this.#now()),
      requests: new TokenBucket(this.#rates.requests, this.#now()),
    };
    this.#networks.set(key, network);
    return network;
  }
}

/** The networks of addresses that were asked for: every request and every read of the log asks. */
const known = new Map<string, string>();
/** Beyond so many, they are found out again. */
const KNOWN_MAX = 10_000;

/** An IPv4 address, or the network of an IPv6 one; what is neither stands for itself. */
export function networkKey(address: string): string {
  const found = known.get(address);
  if (found !== undefined) return found;
  const key = parseNetworkKey(address);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(address, key);
  return key;
}

function parseNetworkKey(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6) {
    return parsed.parts.slice(0, IPV6_NETWORK_HEXTETS).join(":");
  }
  return parsed.toString();
}
