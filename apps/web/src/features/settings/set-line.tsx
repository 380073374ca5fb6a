import { settingLine, type LinePart, type SetFrame } from "@parley/protocol";
import { Fragment } from "react";
import { useRoomActions } from "../../room/use-room.ts";

/** A member set a setting. */
export function SetLine({ entry: { payload } }: { entry: SetFrame }) {
  return (
    <p className="column wrap-anywhere pt-3.5 text-center text-sm text-ink-faint">
      <bdi className="font-medium">{payload.from.name}</bdi>{" "}
      {settingLine(payload.key, payload.value).map((part, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- the parts of an entry never change
        <Fragment key={place}>
          <Part part={part} />
        </Fragment>
      ))}
    </p>
  );
}

function Part({ part }: { part: LinePart }) {
  const { jumpTo } = useRoomActions();
  if (typeof part === "string") return part;
  if ("text" in part) return <bdi className="font-medium">{part.text}</bdi>;
  return (
    <button
      type="button"
      onClick={() => jumpTo(part.message)}
      className="rounded-sm underline underline-offset-2 hover:text-ink"
    >
      a message
    </button>
  );
}

/** The same for a screen reader. */
export function SetNews({ entry }: { entry: SetFrame }) {
  return <p>{setText(entry)}</p>;
}

/** What was set, as plain text. */
function setText({ payload: { from, key, value } }: SetFrame): string {
  const said = settingLine(key, value).map((part) => {
    if (typeof part === "string") return part;
    return "text" in part ? part.text : "a message";
  });
  return `${from.name} ${said.join("")}`;
}
