import type { Bench } from "./row.ts";

/** The conditions of every comparison with several nodes. */
export function nodesConditions({ pinning }: Pick<Bench, "pinning">, nodes: number): string {
  return [
    "everybody's neighbours are on another node",
    pinning.is === "pinned" && pinning.spare.length + 1 < nodes
      ? "all nodes share one core: read what several cost, not how far they go"
      : "a core for each node",
    "Redis appends with appendfsync always and has no core of its own",
    "by itself Parley stores in SQLite; Socket.IO numbers and acknowledges nothing anywhere, and keeps its stream for its own nodes only",
  ].join("; ");
}
