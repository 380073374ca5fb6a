import type { Member } from "@parley/protocol";
import type { CSSProperties } from "react";
import { faceOf, HUES } from "../../room/faces.ts";
import { isShared, tagOf } from "../../room/names.ts";
import { useRoom } from "../../room/use-room.ts";
import { classNames } from "../../ui/class-names.ts";
import { emojiIn } from "../emoji/emoji-only.ts";

const sizes = {
  /** As the density of the messages has it. */
  sm: "size-(--avatar) text-[calc(var(--avatar)*0.39)]",
  md: "size-9 text-sm",
} as const;

/** Hues that are distinguished at a glance, in degrees of OKLCH. */
const hues = [20, 50, 78, 112, 145, 172, 200, 230, 258, 285, 315, 345];
/** Patterns of person.css. */
const PATTERNS = 8;
/** From a hue's pattern to that of the next, so that similar hues have different patterns. */
const PATTERN_STRIDE = 3;

/** The custom property with the hue of a member's colours in this room; goes with the class `person`. */
export function useMemberStyle(id: string | undefined): CSSProperties {
  return memberStyle(useFace(id));
}

function useFace(id: string | undefined): number {
  return useRoom(({ faces }) => (id === undefined ? 0 : faceOf(faces, id)));
}

function memberStyle(face: number): CSSProperties {
  return { "--hue": hues[face % HUES] } as CSSProperties;
}

/**
 * A member's initials on their flag: a pattern in two tones of their hue, in the shape of speech.
 * Decorative: the name is beside it.
 */
export function Avatar({ member, size = "md" }: { member: Member; size?: keyof typeof sizes }) {
  const face = useFace(member.id);
  const round = Math.floor(face / HUES);
  return (
    <span
      aria-hidden="true"
      style={memberStyle(face)}
      data-flag={((face % HUES) * PATTERN_STRIDE + round) % PATTERNS}
      className={classNames(
        "person person-flag inline-grid shrink-0 select-none place-items-center overflow-hidden",
        "rounded-[30%] rounded-es-[8%] font-bold tracking-tight",
        sizes[size],
      )}
    >
      {initialsOf(member.name)}
    </span>
  );
}

/**
 * A name that cannot disturb the text around it, with a tag while somebody else of this name is
 * here; otherwise, the tag is its tooltip.
 */
export function MemberName({ member, className }: { member: Member; className?: string }) {
  const isTagged = useRoom(({ shared }) => isShared(shared, member.name));
  const tag = tagOf(member);
  return (
    <>
      <bdi className={className} title={`${member.name} ${tag}`}>
        {member.name}
      </bdi>
      {isTagged && <span className="ms-1 font-mono text-xs font-normal text-ink-faint">{tag}</span>}
    </>
  );
}

/** Beside the name of a hook: a program may have the name of anybody. */
export function HookBadge({ member }: { member: Member }) {
  return (
    member.hook && (
      <span className="ms-1 shrink-0 rounded-sm px-1.5 text-xs font-normal text-ink-soft ring-1 ring-edge ring-inset">
        hook
      </span>
    )
  );
}

let graphemes: Intl.Segmenter | undefined;

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
  graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const [first] = graphemes.segment(word);
  if (!first) return "";
  if (emojiIn(first.segment).length > 0) return first.segment;
  return first.segment
    .normalize("NFC")
    .replace(/(?<=.)\p{M}+/gu, "")
    .toLocaleUpperCase();
}

/** The number of members, in words. */
export function countTitle(count: number): string {
  return count === 1 ? "1 person" : `${count} people`;
}
