import { cleanName, isVisible, NAME_CHARS_MAX } from "@parley/protocol";
import { useState, type SubmitEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import type { HookInfo } from "./hooks-api.ts";
import type { Hooks } from "./use-hooks.ts";

interface Errors {
  readonly name?: string;
  readonly url?: string;
  /** What the server said. */
  readonly form?: string;
}

/** Makes a hook or a webhook. */
export function HookForm({
  kind,
  hooks: { make },
  onDone,
}: {
  kind: HookInfo["kind"];
  hooks: Pick<Hooks, "make">;
  onDone: () => void;
}) {
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [errors, setErrors] = useState<Errors>({});
  const [isMaking, setIsMaking] = useState(false);
  const isOut = kind === "out";

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (isMaking) return;
    const found = errorsIn(cleanName(name), isOut ? url.trim() : undefined);
    setErrors(found);
    if (found.name !== undefined || found.url !== undefined) return;
    setIsMaking(true);
    const named = { name: cleanName(name) };
    const answer = await make(
      isOut ? { kind: "out", ...named, url: url.trim() } : { kind: "in", ...named },
    );
    setIsMaking(false);
    if (answer.ok) onDone();
    else setErrors({ form: answer.why });
  };
  return (
    <form
      onSubmit={(event) => void submit(event)}
      noValidate
      className="grid grid-cols-[minmax(0,1fr)] gap-4"
    >
      <h3 className="font-semibold">{isOut ? "New webhook" : "New hook"}</h3>
      <Field
        label="Name"
        value={name}
        error={errors.name}
        hint={isOut ? "The room sees it." : "The room sees it as the author of what is sent."}
        autoComplete="off"
        dir="auto"
        autoFocus
        onChange={({ target }) => {
          setName(target.value);
          setErrors({});
        }}
      />
      {isOut && (
        <Field
          label="Address"
          type="url"
          inputMode="url"
          placeholder="https://example.com/in"
          value={url}
          error={errors.url}
          hint="The room sees the host, and only the server the rest."
          autoComplete="off"
          dir="ltr"
          onChange={({ target }) => {
            setUrl(target.value);
            setErrors({});
          }}
        />
      )}
      <p role="alert" className="text-sm font-medium text-danger empty:hidden">
        {errors.form}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
        <Button look="primary" type="submit">
          {isMaking ? "Making…" : "Make"}
        </Button>
      </div>
    </form>
  );
}

/** @param url undefined: none is asked for */
function errorsIn(name: string, url: string | undefined): Errors {
  return {
    ...(isVisible(name, NAME_CHARS_MAX)
      ? {}
      : { name: name === "" ? "Give it a name." : `${NAME_CHARS_MAX} characters at most.` }),
    ...(url === undefined || (/^https?:\/\//i.test(url) && URL.canParse(url))
      ? {}
      : { url: "An address that begins with https://, such as https://example.com/in." }),
  };
}
