import type { Refusal } from "@parley/protocol";
import { useCallback, useState } from "react";
import { navigate, roomPath } from "../ui/route.ts";
import { checkName, checkRoomCode, type JoinProblem, problemOf } from "../features/join/checks.ts";
import { JoinScreen } from "./join-screen.tsx";
import { storedName, storedToken } from "../storage/identity.ts";
import { lazyComponent } from "../ui/lazy.tsx";
import { Flag, flagOf } from "../ui/flag.tsx";
import { SkeletonRows } from "../ui/skeleton-rows.tsx";

const RoomScreen = lazyComponent(
  async () => (await import("./room-screen.tsx")).RoomScreen,
  RoomNotFetched,
  RoomLoading,
);

/** On the join screen, or in the room. `visit` counts how often the room was entered. */
type Place =
  | { readonly is: "door"; readonly problem?: JoinProblem }
  | {
      readonly is: "inside";
      readonly roomId: string;
      readonly name: string;
      readonly visit: number;
    };

/**
 * A room's link: straight in if the name is known, otherwise the join screen with the code filled
 * in.
 */
export function RoomRoute({ code }: { code: string }) {
  const [place, setPlace] = useState<Place>(() => placeFor(code, storedName().read()));

  const refused = useCallback((refusal: Refusal) => {
    if (refusal.code === "bad_token") {
      storedToken().write(undefined);
      setPlace(again);
    } else {
      setPlace({ is: "door", problem: problemOf(refusal) });
    }
  }, []);

  if (place.is === "door") {
    return (
      <JoinScreen
        code={code}
        problem={place.problem}
        onJoin={(roomId, name) => {
          storedName().write(name);
          if (roomId !== code) navigate(roomPath(roomId));
          else setPlace({ is: "inside", roomId, name, visit: 1 });
        }}
      />
    );
  }
  const { roomId, name, visit } = place;
  return (
    <RoomScreen
      key={visit}
      roomId={roomId}
      name={name}
      onRefused={refused}
      onAgain={() => setPlace(again)}
      onLeft={() => navigate("/")}
    />
  );
}

function placeFor(code: string, name: string | undefined): Place {
  const room = checkRoomCode(code);
  if (!room.ok) return { is: "door", problem: { field: "code", message: room.message } };
  const person = name === undefined ? undefined : checkName(name);
  if (!person?.ok) return { is: "door" };
  return { is: "inside", roomId: room.value, name: person.value, visit: 1 };
}

/** Enters again, with the name that is stored now. */
function again(place: Place): Place {
  if (place.is === "door") return place;
  return { ...place, name: storedName().read() ?? place.name, visit: place.visit + 1 };
}

/** The ErrorBoundary shows the result. */
function RoomNotFetched(): never {
  throw new Error("The room's screen could not be fetched.");
}

/** Shown while a room is fetched, if that takes a while: what the room will look like. */
function RoomLoading({ roomId }: { roomId: string }) {
  return (
    <div className="flex h-dvh animate-late flex-col">
      <div className="flex h-14 shrink-0 items-center gap-3 bg-hull px-3 text-on-hull">
        <Flag design={flagOf(roomId)} className="size-8" />
        <p role="status" className="truncate">
          Opening the room…
        </p>
      </div>
      <div className="min-h-0 grow overflow-clip pb-24">
        <SkeletonRows />
      </div>
    </div>
  );
}
