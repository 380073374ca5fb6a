import { useState, type SubmitEvent } from "react";
import { storedName } from "../../storage/identity.ts";
import { useRoomActions } from "../../room/use-room.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { checkName } from "../join/checks.ts";

/** Changes one's name, here and for the next visit. */
export function RenameForm({ name, onDone }: { name: string; onDone: () => void }) {
  const { rename } = useRoomActions();
  const [text, setText] = useState(name);
  const [error, setError] = useState<string>();

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const checked = checkName(text);
    if (!checked.ok) {
      setError(checked.message);
      return;
    }
    if (checked.value !== name) {
      rename(checked.value);
      storedName().write(checked.value);
    }
    onDone();
  };

  return (
    <form
      onSubmit={submit}
      noValidate
      className="grid gap-3 rounded-md bg-sunken p-3"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Escape cancels the form, not the drawer around it.
        event.preventDefault();
        event.stopPropagation();
        onDone();
      }}
    >
      <Field
        label="Your name"
        value={text}
        error={error}
        autoComplete="nickname"
        dir="auto"
        // It replaces the button that was pressed.
        autoFocus
        onChange={(event) => {
          setText(event.target.value);
          setError(undefined);
        }}
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button look="primary" size="sm" type="submit">
          Save
        </Button>
      </div>
    </form>
  );
}
