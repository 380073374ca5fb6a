import { randomUUID } from "node:crypto";
import { Door, type DoorDeps } from "../outbound/door.ts";
import { Webhooks, type WebhooksDeps } from "./webhooks.ts";

/**
 * The webhooks of a server, and the door that they go through.
 * @param outbound undefined: nothing is sent to other hosts
 * @param isShared whether other servers have the same shelf
 */
export function openWebhooks(
  outbound: DoorDeps | undefined,
  isShared: boolean,
  deps: Omit<WebhooksDeps, "door" | "serverId">,
): Webhooks | undefined {
  const serverId = isShared ? randomUUID() : undefined;
  return outbound && new Webhooks({ ...deps, door: new Door(outbound), serverId });
}
