/** How a server is set up. */
export interface Deployment {
  /** How many processes of it there are. */
  readonly nodes: number;
  /** What they keep and tell each other by way of Redis, or one of them by itself. */
  readonly by: "itself" | "redis";
}

/** One process with nothing beside it, as a server starts without any settings. */
export const ALONE: Deployment = { nodes: 1, by: "itself" };

/** As tables have it. */
export function deploymentText({ nodes, by }: Deployment): string {
  const count = nodes === 1 ? "1 node" : `${nodes} nodes`;
  return by === "redis" ? `${count} on Redis` : `${count} by itself`;
}
