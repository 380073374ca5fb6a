import type { InnerUp } from "@parley/protocol";
import { settled } from "@parley/testkit/settled";
import type { RoomLog } from "../src/log/log.ts";
import { MemoryLog } from "../src/backends/memory/log.ts";
import { World } from "./world.ts";

export type JoinedMember = Awaited<ReturnType<World["join"]>>;

export const TOKENS = { Ann: "A".repeat(22), Bob: "B".repeat(22), Cat: "C".repeat(22) } as const;

/** A room with three members; two of them may write privately. */
export class PrivateRoom {
  readonly world: World;
  declare ann: JoinedMember;
  declare bob: JoinedMember;
  declare cat: JoinedMember;

  private constructor(world: World) {
    this.world = world;
  }

  static async open(
    log: RoomLog = new MemoryLog(),
    env?: Record<string, string>,
  ): Promise<PrivateRoom> {
    const room = new PrivateRoom(new World(log, env));
    room.ann = await room.enter("Ann");
    room.bob = await room.enter("Bob");
    room.cat = await room.enter("Cat");
    await settled();
    for (const { connection } of [room.ann, room.bob, room.cat]) connection.read();
    return room;
  }

  enter(name: keyof typeof TOKENS): Promise<JoinedMember> {
    return this.world.join("lobby", name, { token: TOKENS[name] });
  }
}

export function idOf({ joined }: JoinedMember): string {
  return joined.self.id;
}

/** Sends a frame of the conversation with somebody, and waits until it is handled. */
export async function tell(
  from: JoinedMember,
  to: JoinedMember | string,
  frame: InnerUp,
  more: { readonly via?: string; readonly ref?: string } = {},
): Promise<void> {
  from.send("private", { with: typeof to === "string" ? to : idOf(to), frame, ...more });
  await settled();
}

export function chat(message: string, id?: string): InnerUp {
  return { type: "chat", payload: { message, ...(id === undefined ? {} : { id }) } };
}

export function open(ref?: string): InnerUp {
  return { type: "join", payload: ref === undefined ? {} : { ref } };
}

/** The frames that a member got since the last call. */
export function heard({ connection }: JoinedMember): string[] {
  return connection.readGist();
}
