import type { Member } from "@parley/protocol";
import type { CSSProperties } from "react";
import { initialsOf } from "./initials.ts";
import { hueOf } from "./person-hue.ts";
import { classNames } from "../../ui/class-names.ts";

const sizes = {
  sm: "size-7 text-[0.6875rem]",
  md: "size-9 text-sm",
} as const;

/** The custom property that gives a person's colours their hue; goes with the class `person`. */
export function personStyle(id: string): CSSProperties {
  return { "--hue": hueOf(id) } as CSSProperties;
}

/** A person's initials on their colour. Decorative: the name stands beside it. */
export function Avatar({ member, size = "md" }: { member: Member; size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden="true"
      style={personStyle(member.id)}
      className={classNames(
        "person inline-grid shrink-0 select-none place-items-center overflow-hidden rounded-full",
        "bg-person-soft font-semibold tracking-tight text-person",
        sizes[size],
      )}
    >
      {initialsOf(member.name)}
    </span>
  );
}
