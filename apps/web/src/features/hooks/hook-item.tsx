import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useId, useState, type ReactNode } from "react";
import { useRoom, useRoomId } from "../../room/use-room.ts";
import { storedHookPaths } from "../../storage/hook-paths.ts";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import type { HookInfo } from "./hooks-api.ts";
import type { Hooks } from "./use-hooks.ts";
import { stateText, testText } from "./words.ts";
import { useCopy } from "../../ui/copy.ts";

interface Outcome {
  readonly text: string;
  readonly isGood: boolean;
}

/** A hook or a webhook: what it is, how to use it, and the ways to test and to end it. */
export function HookItem({
  hook,
  hooks,
  onRevoked,
}: {
  hook: HookInfo;
  hooks: Hooks;
  onRevoked: () => void;
}) {
  const made = hooks.made.find(({ id }) => id === hook.id);
  const detailsId = useId();
  const [isOpen, setIsOpen] = useState(made !== undefined);
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState<"testing" | "revoking">();
  const [revoking, setRevoking] = useState<"no" | "asked" | "kept">("no");
  const state = stateText(hook);

  const test = async () => {
    if (busy) return;
    setBusy("testing");
    setOutcome(undefined);
    const answer = await hooks.test(hook);
    setBusy(undefined);
    setOutcome(
      answer.ok
        ? { text: testText(hook, answer.value), isGood: answer.value.arrived }
        : { text: answer.why, isGood: false },
    );
  };
  const revoke = async () => {
    if (busy) return;
    setBusy("revoking");
    const answer = await hooks.revoke(hook);
    setBusy(undefined);
    if (answer.ok) return onRevoked();
    setRevoking("kept");
    setOutcome({ text: answer.why, isGood: false });
  };
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-md p-3 ring-1 ring-line ring-inset">
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow">
          <p className="truncate font-semibold">
            <bdi>{hook.name}</bdi>
          </p>
          <Byline hook={hook} />
          {state && <p className="text-sm text-caution">{state}</p>}
        </div>
        {revoking !== "asked" && (
          <Button
            size="sm"
            look="quiet"
            className="-me-2.5 -mt-1.5 shrink-0 text-danger!"
            // The focus comes back to where the question came from.
            autoFocus={revoking === "kept"}
            onClick={() => {
              setRevoking("asked");
              setOutcome(undefined);
            }}
          >
            Revoke
          </Button>
        )}
      </div>
      {made?.secret !== undefined && (
        <CopyText label="signing secret" text={made.secret} takesFocus>
          The requests are signed with this secret. It is shown once: keep it where your program
          finds it.
        </CopyText>
      )}
      {isOpen && hook.kind === "in" && (
        <div id={detailsId}>
          <HowToUse hook={hook} takesFocus={made !== undefined} />
        </div>
      )}
      {revoking === "asked" ? (
        <div role="group" aria-label={`Revoke ${hook.name}`} className="grid gap-2">
          <p className="text-sm">
            {hook.kind === "in"
              ? "Programs that use its address can write here no more."
              : "Its target is told nothing more. The room is told that you revoked it."}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button size="sm" autoFocus onClick={() => setRevoking("kept")}>
              Keep
            </Button>
            <Button size="sm" className="text-danger!" onClick={() => void revoke()}>
              {busy === "revoking" ? "Revoking…" : "Revoke for good"}
            </Button>
          </div>
        </div>
      ) : (
        <div className="flex flex-wrap gap-2">
          {hook.kind === "in" && (
            <Button
              size="sm"
              aria-expanded={isOpen}
              aria-controls={isOpen ? detailsId : undefined}
              onClick={() => setIsOpen((was) => !was)}
            >
              How to use
            </Button>
          )}
          <Button size="sm" onClick={() => void test()}>
            {busy === "testing" ? "Testing…" : "Send a test"}
          </Button>
        </div>
      )}
      <div role="status" className="empty:hidden">
        {outcome && <OutcomeLine outcome={outcome} />}
      </div>
    </li>
  );
}

function OutcomeLine({ outcome: { text, isGood } }: { outcome: Outcome }) {
  return (
    <p className={classNames("flex items-center gap-2 text-sm", !isGood && "text-danger")}>
      {isGood && (
        <IconCheck
          aria-hidden="true"
          size={18}
          stroke={2}
          className="shrink-0 self-start text-good"
        />
      )}
      <span className="wrap-anywhere min-w-0">{text}</span>
    </p>
  );
}

/** Where a webhook sends, and who made it. */
function Byline({ hook: { host, createdBy } }: { hook: HookInfo }) {
  const maker = useRoom(({ people }) => {
    if (people?.self.id === createdBy) return "you";
    return people?.members.find(({ id }) => id === createdBy)?.name;
  });
  const parts = [host && `To ${host}`, maker && `made by ${maker}`].filter(Boolean).join(", ");
  return (
    <p className="wrap-anywhere text-sm text-ink-soft first-letter:capitalize empty:hidden">
      {parts}
    </p>
  );
}

/** The address of a hook, and what to do with it. */
function HowToUse({ hook, takesFocus }: { hook: HookInfo; takesFocus: boolean }) {
  const roomId = useRoomId();
  const path = storedHookPaths(roomId)
    .read()
    .find(({ id }) => id === hook.id)?.path;
  if (path === undefined) {
    return (
      <p className="text-sm text-ink-soft">
        Its address is a secret, kept only in the browser that made it. Where it is lost, revoke
        this hook and make a new one.
      </p>
    );
  }
  const address = new URL(path, window.location.origin).href;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <CopyText label="address" text={address} takesFocus={takesFocus}>
        Anybody with this address can write here. Programs with a field for a Slack or Discord
        webhook take it as it is.
      </CopyText>
      <CopyText label="command" text={`curl -d 'Hello from a program' ${address}`}>
        Try it in a terminal. The body is the text, or JSON with <code>text</code> (Slack) or{" "}
        <code>content</code> (Discord).
      </CopyText>
    </div>
  );
}

/** A text to copy, in one line that scrolls: an address, a command, a secret. */
function CopyText({
  label,
  text,
  takesFocus = false,
  children,
}: {
  /** What it is, such as "address"; also in the name of the button. */
  label: string;
  text: string;
  takesFocus?: boolean;
  /** What to know of it. */
  children?: ReactNode;
}) {
  const { copied, copy } = useCopy(text);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <div className="flex flex-col items-start gap-2 sm:flex-row">
        <code
          role="group"
          aria-label={`The ${label}: ${text}`}
          title={text}
          dir="ltr"
          // Lets the keyboard scroll it.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          className="scrolls-aside min-w-0 grow max-sm:w-full rounded-sm bg-sunken px-2 py-1.5 font-mono text-sm whitespace-nowrap select-all focus-visible:-outline-offset-2"
        >
          {text}
        </code>
        <Button size="sm" className="shrink-0" autoFocus={takesFocus} onClick={copy}>
          {copied ? (
            <IconCheck aria-hidden="true" size={18} stroke={2} className="text-good" />
          ) : (
            <IconCopy aria-hidden="true" size={18} stroke={1.8} />
          )}
          {copied ? "Copied" : "Copy"}
          <span className="sr-only">{label}</span>
        </Button>
      </div>
      {children && <p className="text-sm text-ink-soft">{children}</p>}
      <span aria-live="polite" className="sr-only">
        {copied && `The ${label} is copied.`}
      </span>
    </div>
  );
}
