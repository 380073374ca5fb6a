import { definitionOf, type EntryRequest, type Member } from "@parley/protocol";
import type { RoomLog, Target } from "../log/log.ts";
import { targetOf, type Known } from "./decide.ts";

/** Finds an entry in the room's log. */
type Find = (target: Target) => ReturnType<RoomLog["find"]>;

/** Asks the log for what a decision on a request needs. Throws LogUnavailable. */
export async function lookUp(request: EntryRequest, actor: Member, find: Find): Promise<Known> {
  const target = targetOf(request);
  if (target === undefined) return {};
  const { id } = request.payload;
  const author = actor.id;
  const earlier = id === undefined ? undefined : await find({ id, author, ofAnyKind: true });
  if (earlier) return { earlier };
  const isOwn = definitionOf(request).target?.of === "own";
  const own = isOwn ? await find({ id: target, author }) : undefined;
  return { target: own ?? (await find({ id: target })) };
}
