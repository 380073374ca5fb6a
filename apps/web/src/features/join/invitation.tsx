import { useEffect, useState } from "react";
import { Flag, flagOf } from "../../ui/flag.tsx";
import { roomApiPath } from "@parley/protocol";
import { askServer } from "../../ui/ask-server.ts";

/** The room of an invite link: its flag, its name, and how many people are there. */
export function Invitation({ roomId }: { roomId: string }) {
  const [room, setRoom] = useState<RoomGlance>();
  useEffect(() => {
    const ended = new AbortController();
    void roomGlance(roomId, ended.signal).then(setRoom);
    return () => ended.abort();
  }, [roomId]);
  return (
    <header className="flex items-center gap-4">
      <Flag design={flagOf(roomId)} className="size-16 shrink-0" />
      <div className="min-w-0">
        <p className="text-sm font-semibold text-ink-soft">You are invited to</p>
        <h2 className="truncate text-xl font-bold tracking-tight">
          {room?.name === undefined ? (
            <span className="font-mono">{roomId}</span>
          ) : (
            <bdi>{room.name}</bdi>
          )}
        </h2>
        {/* As tall as its longest content, so that nothing below it moves. */}
        <p aria-live="polite" className="min-h-lh truncate text-ink-soft">
          {room && hereTitle(room.count)}
          {room?.topic !== undefined && (
            <>
              {" · "}
              <bdi>{room.topic}</bdi>
            </>
          )}
        </p>
      </div>
    </header>
  );
}

function hereTitle(count: number): string {
  if (count === 0) return "Nobody is here now";
  return count === 1 ? "1 person is here" : `${count} people are here`;
}

/** What a room shows before one joins it. */
interface RoomGlance {
  /** How many people are there. */
  readonly count: number;
  readonly name?: string;
  readonly topic?: string;
}

/**
 * Asks the server about a room.
 * @param roomId a canonical room id
 * @returns undefined if the server does not say
 */
async function roomGlance(roomId: string, signal: AbortSignal): Promise<RoomGlance | undefined> {
  return readGlance(await askServer(roomApiPath(roomId), signal));
}

/** Reads an answer of `GET /api/rooms/:room`; undefined for a refusal. */
function readGlance(answer: unknown): RoomGlance | undefined {
  const { count, name, topic } = Object(answer) as Record<string, unknown>;
  if (typeof count !== "number") return undefined;
  return {
    count,
    ...(typeof name === "string" && { name }),
    ...(typeof topic === "string" && { topic }),
  };
}
