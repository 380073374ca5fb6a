import { useEffect, useState, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { textSetting } from "../../room/settings-slice.ts";
import { usePartner, useRoom, useRoomId } from "../../room/use-room.ts";
import { DrawWhole } from "../formatting/use-drawing.ts";

/** The whole list for printing, if it is the one to print; on the screen only a part of it is drawn. */
export function Printout({ children }: { children: () => ReactNode }) {
  const isPrivate = usePartner() !== undefined;
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const show = (isPrinting: boolean) => flushSync(() => setPrinting(isPrinting));
    let focused: Element | null = null;
    const before = () => {
      focused = document.activeElement;
      show(isPrivate === isPrivateInFront());
    };
    const after = () => {
      show(false);
      // What is not on paper loses the focus. The next frame is the first for the screen.
      requestAnimationFrame(() => {
        const isLost = document.activeElement === document.body;
        if (isLost && focused instanceof HTMLElement) focused.focus();
      });
    };
    window.addEventListener("beforeprint", before, { signal });
    window.addEventListener("afterprint", after, { signal });
    return () => ended.abort();
  }, [isPrivate]);
  if (!printing) return null;
  return (
    <div data-print="" className="hidden print:block">
      {!isPrivate && <RoomHeading />}
      <PrintedFrom />
      <DrawWhole value>{children()}</DrawWhole>
    </div>
  );
}

function RoomHeading() {
  const roomId = useRoomId();
  const name = useRoom((state) => textSetting(state, "name"));
  return (
    <div className="column text-xl font-bold">
      {name !== undefined && <bdi>{name} </bdi>}
      <span className="font-mono">{roomId}</span>
    </div>
  );
}

/** Says that the print is not the whole room: only messages that are loaded are printed. */
function PrintedFrom() {
  const isWhole = useRoom(({ older }) => older.is === "beginning" || older.is === "trimmed");
  if (isWhole) return null;
  return <p className="column text-sm">Earlier messages are not printed.</p>;
}

/** Whether a private conversation covers the room, or has the focus beside it. */
function isPrivateInFront(): boolean {
  const place = document.querySelector("[data-private]:has([role=log])");
  return place !== null && (place.matches(":modal") || place.contains(document.activeElement));
}
