import type { Part } from "../load/large-orders.ts";

/** How many processes a population takes, and which members each load generator has. */
export interface Plan {
  readonly servers: number;
  readonly proxies: number;
  readonly parts: readonly Part[];
}

/** The shares of a process's open files that are planned for members. */
const GENERATOR_SHARE = 0.75;
/** A balancer may give a server 1.5 times the average. */
const SERVER_SHARE = 0.6;
/** A proxied connection is two open files. */
const PROXY_SHARE = 0.45;
/** Fewer servers than this would not show what several cost. */
const SERVERS_MIN = 2;
/** A loopback address has some 28,000 ports, and those of ended connections are not free at once. */
const SOCKETS_PER_ADDRESS = 7_500;
/** 127.0.0.1 is left to the servers. */
const FIRST_ADDRESS = 2;

/** @param openFiles how many files a process may have open */
export function planFor(members: number, openFiles: number): Plan {
  const processes = (share: number) => Math.max(1, Math.ceil(members / (openFiles * share)));
  const counts = evenly(members, processes(GENERATOR_SHARE));
  let first = 0;
  let address = FIRST_ADDRESS;
  const parts = counts.map((count) => {
    const part = { first, count, addresses: addressesFrom(address, count) };
    first += count;
    address += part.addresses.length;
    return part;
  });
  return {
    servers: Math.max(SERVERS_MIN, processes(SERVER_SHARE)),
    proxies: processes(PROXY_SHARE),
    parts,
  };
}

/** Divides a number into so many whole ones that differ by one at most. */
export function evenly(total: number, parts: number): number[] {
  const least = Math.floor(total / parts);
  return Array.from({ length: parts }, (_, i) => least + (i < total % parts ? 1 : 0));
}

/** How many of `members` are in this room, if they are in `rooms` rooms in turn. */
export function membersOf(room: number, members: number, rooms: number): number {
  return Math.floor(members / rooms) + (room < members % rooms ? 1 : 0);
}

function addressesFrom(address: number, sockets: number): string[] {
  const length = Math.max(1, Math.ceil(sockets / SOCKETS_PER_ADDRESS));
  return Array.from({ length }, (_, i) => `127.0.0.${address + i}`);
}
