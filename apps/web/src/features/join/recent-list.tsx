import { type ComponentProps, useEffect, useState } from "react";
import { IconX } from "@tabler/icons-react";
import { dateFormat, dayTitle } from "../../room/day.ts";
import { pendingIn, pendingPlaces } from "../../storage/pending-places.ts";
import { roomPath } from "../../ui/route.ts";
import { forgetRoom, watchRecentRooms, latestRooms } from "../../storage/recent-rooms.ts";
import { IconButton } from "../../ui/button.tsx";
import { Flag, flagOf } from "../../ui/flag.tsx";
import { lazyComponent } from "../../ui/lazy.tsx";
import { RouteLink } from "../../ui/route-link.tsx";
import type { ForgetQuestion } from "./forget-question.tsx";

/** Fetched when it is first asked. */
const LazyForgetQuestion = lazyComponent<ComponentProps<typeof ForgetQuestion>>(
  async () => (await import("./forget-question.tsx")).ForgetQuestion,
);

/** The rooms that were opened here, each one click away. */
export function RecentList() {
  const [rooms, setRooms] = useState(() => latestRooms());
  const [now] = useState(() => Date.now());
  const [question, setQuestion] = useState<ComponentProps<typeof ForgetQuestion>>();
  useEffect(() => {
    const renew = () => setRooms(latestRooms());
    // A room that was just left updates the list, and so does another tab.
    renew();
    return watchRecentRooms(renew);
  }, []);
  useEffect(() => void sendPending(), []);
  if (rooms.length === 0) return null;
  // The row is removed after the stored data, so that closing the page then leaves nothing behind.
  const forget = async (roomId: string, row: Element | null) => {
    // It may be connected, and would store and send again what is forgotten.
    const rest = await Promise.all([
      import("../../room/use-room-socket.ts"),
      import("../../storage/forget-contents.ts"),
    ])
      // oxlint-disable-next-line house/no-bare-catch -- without the rest of the app, its data stays
      .catch(() => undefined);
    if (rest) {
      rest[0].endRoom(roomId);
      await rest[1].forgetContents(roomId);
    }
    focusBeside(row);
    forgetRoom(roomId);
    setRooms(latestRooms());
  };
  const askOrForget = async (roomId: string, row: Element | null) => {
    const pending = await pendingIn(roomId);
    const onForget = () => void forget(roomId, row);
    if (pending.length === 0) return onForget();
    const onClose = () => setQuestion({ pending: [], onForget, onClose });
    return setQuestion({ pending, onForget, onClose });
  };
  return (
    <section aria-labelledby="recent-rooms">
      <h2 id="recent-rooms" className="mb-2 text-sm font-semibold text-ink-soft">
        Recent rooms
      </h2>
      <ul className="-mx-2 grid grid-cols-[minmax(0,1fr)]">
        {rooms.map(({ roomId, name, at, unread = 0 }) => (
          <li
            key={roomId}
            className="group/recent relative flex items-center rounded-md hover:bg-hover"
          >
            <RouteLink
              to={roomPath(roomId)}
              className="flex min-w-0 grow items-center gap-3 rounded-md px-2 py-2.5"
            >
              <Flag design={flagOf(roomId)} className="size-8 shrink-0" />
              {name === undefined ? (
                <span className="min-w-0 grow truncate font-mono">{roomId}</span>
              ) : (
                <span className="min-w-0 grow">
                  <bdi className="block truncate font-semibold">{name}</bdi>{" "}
                  <span className="block truncate font-mono text-xs text-ink-faint">{roomId}</span>
                </span>
              )}
              {unread > 0 && (
                <span
                  title="Messages that had come by then and that you have not seen"
                  className="shrink-0 rounded-full rounded-ee-tip bg-signal px-2 py-0.5 text-xs font-bold text-on-signal"
                >
                  {unread} new
                </span>
              )}
              {/* The button has its place while it shows. */}
              <span className="shrink-0 text-sm text-ink-faint can-hover:group-focus-within/recent:invisible can-hover:group-hover/recent:invisible">
                {agoTitle(at, now)}
              </span>
            </RouteLink>
            <IconButton
              label={`Forget ${roomId}`}
              tip="Forget"
              className="can-hover:absolute can-hover:end-0 can-hover:opacity-0 group-hover/recent:opacity-100 focus-visible:opacity-100"
              onClick={({ currentTarget }) => void askOrForget(roomId, currentTarget.closest("li"))}
            >
              <IconX aria-hidden="true" size={16} stroke={1.8} />
            </IconButton>
          </li>
        ))}
      </ul>
      {question && <LazyForgetQuestion {...question} />}
    </section>
  );
}

/** Sends what was written in an earlier visit and never sent, without entering its room. */
async function sendPending(): Promise<void> {
  if ((await pendingPlaces()).length === 0) return;
  const rooms = await import("../../room/bring-back-rooms.ts")
    // oxlint-disable-next-line house/no-bare-catch -- without the rest of the app, it waits on
    .catch(() => undefined);
  await rooms?.bringBackRooms();
}

/** When a focused row is removed, the focus moves to the next row, or back to the form. */
function focusBeside(row: Element | null): void {
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  (next?.querySelector("a") ?? document.querySelector<HTMLElement>("main input"))?.focus();
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const date = dateFormat({ day: "numeric", month: "short", year: "numeric" });

/** How long ago something was, such as `5 minutes ago`; after a few hours, its day. */
export function agoTitle(at: number, now: number): string {
  const past = now - at;
  if (past < MINUTE_MS) return "just now";
  if (past < HOUR_MS) return ago(past / MINUTE_MS, "minute");
  if (past < 6 * HOUR_MS) return ago(past / HOUR_MS, "hour");
  const day = dayTitle(at, now);
  return day === "Today" || day === "Yesterday" ? day : date(at);
}

function ago(units: number, unit: Intl.RelativeTimeFormatUnit): string {
  const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
  return relative.format(-Math.floor(units), unit);
}
