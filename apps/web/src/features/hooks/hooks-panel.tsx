import { IconPlus } from "@tabler/icons-react";
import { useId, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { HookForm } from "./hook-form.tsx";
import { HookItem } from "./hook-item.tsx";
import type { HookInfo } from "./hooks-api.ts";
import { useHooks, type Hooks } from "./use-hooks.ts";

type Kind = HookInfo["kind"];

const kinds = {
  in: {
    title: "Programs that write here",
    about: "A hook has an address of its own. What a program sends there is said in the room.",
    add: "New hook",
  },
  out: {
    title: "Programs that are told",
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
