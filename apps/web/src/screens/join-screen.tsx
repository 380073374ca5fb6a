import { useEffect } from "react";
import { checkRoomCode, type JoinProblem } from "../features/join/checks.ts";
import { Invitation } from "../features/join/invitation.tsx";
import { JoinForm } from "../features/join/join-form.tsx";
import { RetentionNotice } from "../features/join/retention-notice.tsx";
import { Mark, Wordmark } from "../ui/brand.tsx";
import { Flag, nameInFlags } from "../ui/flag.tsx";
import { RouteLink } from "../ui/route-link.tsx";
import { ThemeSwitch } from "../ui/theme-switch.tsx";
import { lazyComponent } from "../ui/lazy.tsx";
import { latestRooms } from "../storage/recent-rooms.ts";

/** The app's name, in letters and in signal flags, and what it is for. */
function Welcome() {
  return (
    <header className="flex flex-col bg-hull pt-[max(1.5rem,env(safe-area-inset-top))] px-[max(1.5rem,var(--spacing-device))] pb-6 text-on-hull lg:justify-between lg:p-12">
      <div className="flex items-center gap-3">
        <Mark className="size-9" />
        <Wordmark className="h-7" />
        <div className="absolute top-[max(1.25rem,env(safe-area-inset-top))] end-[max(0.75rem,var(--spacing-device))] lg:top-3">
          <ThemeSwitch className="max-lg:text-on-hull-soft max-lg:hover:bg-on-hull/15 max-lg:hover:text-on-hull" />
        </div>
      </div>
      <div className="mt-7 lg:mt-0">
        <div aria-hidden="true" className="flex flex-wrap gap-2 lg:max-w-md lg:gap-4">
          {nameInFlags.map((design) => (
            <Flag
              key={design.pattern}
              design={design}
              className="aspect-square w-9 lg:w-[calc((100%-2rem)/3)]"
            />
          ))}
        </div>
        <h1 className="mt-6 text-xl font-bold tracking-tight text-balance lg:mt-10 lg:text-3xl">
          Talk by room code.
        </h1>
        <p className="mt-1.5 max-w-sm text-base text-on-hull-soft lg:mt-4 lg:text-lg">
          No account. Open a room and share its code: everyone who has it can join.
        </p>
      </div>
      <p className="mt-6 hidden max-w-sm text-sm text-on-hull-soft lg:block">
        The flags spell the name, as ships do it.
      </p>
    </header>
  );
}

/** The join screen: with a name and a code, an invite link, or a recent room. */
export function JoinScreen({
  code = "",
  problem,
  onJoin,
}: {
  code?: string;
  problem?: JoinProblem | undefined;
  onJoin: (roomId: string, name: string) => void;
}) {
  const invitedTo = problem?.field === "code" ? undefined : invitedRoom(code);
  useEffect(() => {
    document.title = invitedTo === undefined ? "Parley" : `Invitation to ${invitedTo} · Parley`;
  }, [invitedTo]);

  return (
    <div className="relative grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] lg:grid-cols-[minmax(0,11fr)_minmax(0,13fr)] lg:grid-rows-1">
      <Welcome />
      <main className="grid grid-cols-[minmax(0,28rem)] justify-center pt-8 px-[max(1.5rem,var(--spacing-device))] pb-[max(2rem,env(safe-area-inset-bottom))] lg:content-center">
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-8">
          {invitedTo !== undefined && <Invitation roomId={invitedTo} />}
          <JoinForm
            key={code}
            code={code}
            invited={invitedTo !== undefined}
            problem={problem}
            onJoin={onJoin}
          />
          <RetentionNotice />
          {invitedTo === undefined ? <LazyRecentList /> : <OtherRoom />}
        </div>
      </main>
    </div>
  );
}

/** The room of a link; undefined without one, or if it names none. */
function invitedRoom(code: string): string | undefined {
  const room = checkRoomCode(code);
  return room.ok ? room.value : undefined;
}

/** A link away from an invitation. */
function OtherRoom() {
  return (
    <p className="text-sm">
      <RouteLink to="/" className="font-semibold text-link hover:underline">
        Join or start another room
      </RouteLink>
    </p>
  );
}

/** Fetched if there is something to list. */
const RecentList = lazyComponent(
  async () => (await import("../features/join/recent-list.tsx")).RecentList,
  undefined,
  Reserved,
);

/** The rooms that were opened here; nothing if there are none. */
function LazyRecentList() {
  return latestRooms().length > 0 && <RecentList />;
}

/** As tall as the list, so that nothing above it moves when it arrives. */
function Reserved() {
  return <div style={{ height: `${1.625 + 3.25 * latestRooms().length}rem` }} />;
}
