import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { useCopy } from "../../ui/copy.ts";

/** A text to copy, in one line that scrolls: an address, a command, a secret. */
export function CopyText({
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
