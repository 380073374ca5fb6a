import { IconPlus } from "@tabler/icons-react";
import { useId, useRef, useState, type SubmitEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { HookItem } from "./hook-item.tsx";
import type { HookInfo } from "./hooks-api.ts";
import { useHooks, type Hooks } from "./use-hooks.ts";
import { cleanName, isVisible, NAME_CHARS_MAX } from "@parley/protocol";
import { Field } from "../../ui/field.tsx";

type Kind = HookInfo["kind"];

const kinds = {
  in: {
    title: "Programs that write here",
    about: "A hook has an address of its own. What a program sends there is said in the room.",
    add: "New hook",
  },
  out: {
    title: "Programs that read along",
    about: "A webhook sends everything that is said here to an address. The room is told of it.",
    add: "New webhook",
  },
} as const satisfies Record<Kind, { title: string; about: string; add: string }>;

/** The hooks and webhooks of the room: to make, to test, to revoke. */
export function HooksPanel() {
  const hooks = useHooks();
  const { listing, isConnected, reload } = hooks;
  const [making, setMaking] = useState<Kind>();
  /** Where the focus goes when a form closes. */
  const [closed, setClosed] = useState<Kind>();

  if (making !== undefined) {
    const close = () => {
      setMaking(undefined);
      setClosed(making);
    };
    return <HookForm kind={making} hooks={hooks} onDone={close} />;
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div role="status" className="text-sm empty:hidden">
        {!isConnected && (
          <p className="text-caution">
            You are not connected. What you see may have changed; changes wait for the connection.
          </p>
        )}
        {listing.is === "loading" && <p className="text-ink-soft">Loading the hooks…</p>}
        {listing.is === "failed" && (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p className="text-danger">{listing.why}</p>
            <Button size="sm" onClick={reload}>
              Try again
            </Button>
          </div>
        )}
      </div>
      {listing.is === "listed" &&
        (["in", "out"] as const).map((kind) => (
          <Section
            key={kind}
            kind={kind}
            listed={listing.hooks.filter((hook) => hook.kind === kind)}
            hooks={hooks}
            takesFocus={closed === kind}
            onAdd={() => setMaking(kind)}
          />
        ))}
    </div>
  );
}

function Section({
  kind,
  listed,
  hooks,
  takesFocus,
  onAdd,
}: {
  kind: Kind;
  listed: readonly HookInfo[];
  hooks: Hooks;
  takesFocus: boolean;
  onAdd: () => void;
}) {
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const { title: text, about, add } = kinds[kind];
  return (
    <section aria-labelledby={titleId} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div>
        <h3 id={titleId} ref={title} tabIndex={-1} className="font-semibold">
          {text}
        </h3>
        <p className="text-sm text-ink-soft">{about}</p>
      </div>
      {listed.length > 0 && (
        <ul aria-labelledby={titleId} className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {listed.map((hook) => (
            <HookItem
              key={hook.id}
              hook={hook}
              hooks={hooks}
              onRevoked={() => title.current?.focus()}
            />
          ))}
        </ul>
      )}
      <Button size="sm" className="justify-self-start" autoFocus={takesFocus} onClick={onAdd}>
        <IconPlus aria-hidden="true" size={18} stroke={1.8} />
        {add}
      </Button>
    </section>
  );
}

interface Errors {
  readonly name?: string;
  readonly url?: string;
  /** What the server said. */
  readonly form?: string;
}

/** Makes a hook or a webhook. */
function HookForm({
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
          {isMaking ? "Creating…" : "Create"}
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
