import type { Member } from "@parley/protocol";
import type { CSSProperties } from "react";
import { tagOf } from "../../room/names.ts";
import { useRoom } from "../../room/use-room.ts";
import { classNames } from "../../ui/class-names.ts";

const sizes = {
  sm: "size-7 text-[0.6875rem]",
  md: "size-9 text-sm",
} as const;

/** The custom property with the hue of a member's colours; goes with the class `person`. */
export function memberStyle(id: string): CSSProperties {
  return { "--hue": hueOf(id) } as CSSProperties;
}

/** A member's initials on their colour. Decorative: the name is beside it. */
export function Avatar({ member, size = "md" }: { member: Member; size?: keyof typeof sizes }) {
  return (
    <span
      aria-hidden="true"
      style={memberStyle(member.id)}
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

/**
 * A name that cannot disturb the text around it, with a tag if another member has the same name.
 */
export function MemberName({ member, className }: { member: Member; className?: string }) {
  const tag = useRoom(({ names }) => tagOf(names, member));
  return (
    <>
      <bdi className={className}>{member.name}</bdi>
      {tag !== undefined && (
        <span className="ms-1 font-mono text-xs font-normal text-ink-faint">{tag}</span>
      )}
    </>
  );
}

/** Beside the name of a hook: a program may have the name of anybody. */
export function HookBadge({ member }: { member: Member }) {
  return (
    member.hook && (
      <span className="ml-1 shrink-0 rounded-sm px-1.5 text-xs font-normal text-ink-soft ring-1 ring-edge ring-inset">
        hook
      </span>
    )
  );
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * One or two letters for an avatar: the first of the first and of the last word. An emoji or any
 * other sign counts as a letter; stacked marks are removed.
 * @param name a name as the server gives it
 */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s_\-.]+/u)
    .filter(Boolean);
  const first = letterOf(words[0] ?? name);
  const last = words.length > 1 ? letterOf(words.at(-1) ?? "") : "";
  return first + last;
}

function letterOf(word: string): string {
  const [first] = graphemes.segment(word);
  if (!first) return "";
  if (/\p{RGI_Emoji}/v.test(first.segment)) return first.segment;
  return first.segment
    .normalize("NFC")
    .replace(/(?<=.)\p{M}+/gu, "")
    .toLocaleUpperCase();
}

/** Hues that differ at a glance, in degrees of OKLCH. */
const hues = [20, 50, 78, 112, 145, 172, 200, 230, 258, 285, 315, 345];

/**
 * The hue of a member: always the same for the same id, in every tab and after every reload.
 * @param id a member's id
 * @returns degrees of OKLCH
 */
export function hueOf(id: string): number {
  let hash = 0;
  for (let i = 0; i < id.length; i += 1) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) >>> 0;
  return hues[hash % hues.length] ?? 0;
}
