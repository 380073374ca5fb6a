import { cleanName, isVisible, ROOM_NAME_CHARS_MAX, TOPIC_CHARS_MAX } from "@parley/protocol";
import { useState, type SubmitEvent } from "react";
import { expectedSeq, textSetting } from "../../room/settings-slice.ts";
import { useRoom, useRoomActions, useRoomNow } from "../../room/use-room.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";

/** Sets the room's name and topic; an empty field removes the setting. */
export function RoomForm({ onDone }: { onDone: () => void }) {
  const name = useSettingField("name", ROOM_NAME_CHARS_MAX);
  const topic = useSettingField("topic", TOPIC_CHARS_MAX);
  const isJoined = useRoom(({ status }) => status.is === "joined");

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const changes = [name.check(), topic.check()];
    if (changes.includes("refused")) return;
    if (changes[0] === "changed") name.save();
    if (changes[1] === "changed") topic.save();
    onDone();
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field
        label="Name"
        {...name.props}
        ref={focusFirst}
        hint="Everybody sees it, and can change it."
      />
      <Field label="Topic" {...topic.props} />
      {!isJoined && <p className="text-sm text-ink-soft">Sent once you are connected.</p>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
        <Button look="primary" type="submit">
          Save
        </Button>
      </div>
    </form>
  );
}

/** Takes the focus now or, if the dialog is not open yet, when it opens. */
function focusFirst(field: HTMLInputElement | null): void {
  field?.setAttribute("autofocus", "");
  field?.focus();
}

/** A field for a setting, with the value that it had when the form was opened. */
function useSettingField(key: "name" | "topic", charsMax: number) {
  const roomNow = useRoomNow();
  const { write } = useRoomActions();
  const [was, setWas] = useState(() => textSetting(roomNow(), key) ?? "");
  const [expect, setExpect] = useState(() => expectedSeq(roomNow(), key));
  const [text, setText] = useState(was);
  const [error, setError] = useState<string>();
  const value = cleanName(text);
  const tooLong = tooLongError(value, charsMax);

  const check = (): "same" | "changed" | "refused" => {
    if (value === was) return "same";
    const now = expectedSeq(roomNow(), key);
    if (expect !== undefined && now !== undefined && now !== expect) {
      const current = textSetting(roomNow(), key) ?? "";
      setExpect(now);
      setWas(current);
      setError(
        current === ""
          ? "Somebody removed it meanwhile. Save again to set it."
          : `Somebody changed it to “${current}” meanwhile. Save again to replace that.`,
      );
      return "refused";
    }
    if (tooLong !== undefined) return "refused";
    if (value !== "" && !isVisible(value, charsMax)) {
      setError("At least one character must be visible.");
      return "refused";
    }
    return "changed";
  };
  return {
    check,
    save: () =>
      write({ type: "set", payload: { key, value: value === "" ? null : value, expect } }),
    props: {
      value: text,
      error: tooLong ?? error,
      autoComplete: "off",
      dir: "auto",
      onChange: ({ target }: { target: HTMLInputElement }) => {
        setText(target.value);
        setError(undefined);
      },
    },
  };
}

function tooLongError(text: string, charsMax: number): string | undefined {
  const characters = [...text].length;
  return characters > charsMax
    ? `${charsMax} characters at most; these are ${characters}.`
    : undefined;
}
