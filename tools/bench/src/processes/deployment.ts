/** How a server is set up. */
export interface Deployment {
  /** How many processes it has. */
  readonly nodes: number;
  /** Whether they share a Redis, or one process stores everything itself. */
  readonly by: "itself" | "redis";
}

/** One process with nothing beside it, as a server starts without any settings. */
export const ALONE: Deployment = { nodes: 1, by: "itself" };

/** The name in tables. */
export function deploymentText({ nodes, by }: Deployment): string {
  const count = nodes === 1 ? "1 node" : `${nodes} nodes`;
  return by === "redis" ? `${count} on Redis` : `${count} by itself`;
}
