import { useId, type ComponentProps, type ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface FieldProps extends Omit<ComponentProps<"input">, "id"> {
  label: string;
  /** What is wrong with the value; shown below the field, and announced. */
  error?: string | undefined;
  /** A hint on the value; an error replaces it. */
  hint?: ReactNode;
}

/** A labelled text field with an error or hint below it. */
export function Field({ label, error, hint, className, ...rest }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-semibold text-ink-soft">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? noteId : undefined}
        className={classNames(
          "h-12 w-full rounded-md bg-surface px-3.5 text-lg text-ink ring-1 ring-inset",
          "transition-shadow placeholder:text-ink-faint focus-visible:outline-offset-0",
          error ? "ring-danger focus-visible:outline-danger" : "ring-edge",
          className,
        )}
        {...rest}
      />
      <div id={noteId} aria-live="polite" className="text-sm">
        {error ? (
          <p className="mt-1.5 animate-appear font-medium text-danger">{error}</p>
        ) : (
          hint && <div className="mt-1.5 animate-appear text-ink-soft">{hint}</div>
        )}
      </div>
    </div>
  );
}
