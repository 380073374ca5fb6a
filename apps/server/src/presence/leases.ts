/** How long a server that is silent keeps its members in a room, in ms. */
export const LEASE_MS = 40_000;
/**
 * How often a server says which members it has, in ms. A dead server's go at the latest with the
 * first such word of another after their lease: within LEASE_MS and this (SPEC P4: 60 s).
 */
export const REFRESH_EVERY_MS = 12_000;
