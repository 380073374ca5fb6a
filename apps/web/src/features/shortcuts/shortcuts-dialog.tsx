import type { ReactNode } from "react";
import { Dialog } from "../../ui/dialog.tsx";
import { commands } from "./slash-commands.ts";

const keys = [
  [["Enter"], "Send the message"],
  [["Shift", "Enter"], "Begin a new line"],
  [["↑"], "In an empty box: edit your last message"],
  [["Esc"], "Cancel editing, close suggestions"],
  [["/"], "Go to the message box"],
  [["End"], "Jump to the latest message"],
  [["↑", "↓"], "In the messages: go from one to the next"],
  [["Enter"], "On a message: what can be done with it"],
  [["?"], "Show this list"],
] as const;

const typed = [
  ["**bold**, _italic_, ~~struck~~", "Style"],
  ["`code`, or lines between ```", "Code"],
  ["> quote, - list, 1. list", "At the start of a line"],
  [":name", "An emoji"],
  ["@name", "Somebody in the room"],
] as const;

/** The keyboard shortcuts and the commands. */
export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Shortcuts and commands">
      <div
        role="region"
        aria-label="All of them"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- lets the keyboard scroll it in a low window
        tabIndex={0}
        className="grid gap-5 rounded-sm text-sm"
      >
        <List title="Keys">
          {keys.map(([pressed, what]) => (
            <Line key={what} what={what}>
              {pressed.map((key) => (
                <kbd
                  key={key}
                  className="rounded-tip bg-sunken px-1.5 py-0.5 font-sans text-xs font-semibold ring-1 ring-line ring-inset"
                >
                  {key}
                </kbd>
              ))}
            </Line>
          ))}
        </List>
        <List title="Commands">
          {commands.map(({ name, takes, what }) => (
            <Line key={name} what={what}>
              <code className="font-mono">/{name}</code>
              {takes !== "" && <i className="text-ink-soft">{takes}</i>}
            </Line>
          ))}
        </List>
        <List title="Typing">
          {typed.map(([how, what]) => (
            <Line key={how} what={what}>
              <code className="font-mono text-xs">{how}</code>
            </Line>
          ))}
        </List>
      </div>
    </Dialog>
  );
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 font-semibold text-ink-soft">{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}

function Line({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className="flex flex-row-reverse items-baseline justify-between gap-4 border-b border-line py-1.5 last:border-0">
      <dt className="wrap-anywhere flex max-w-3/4 shrink-0 flex-wrap items-baseline justify-end gap-1 text-end">
        {children}
      </dt>
      <dd className="min-w-0">{what}</dd>
    </div>
  );
}
