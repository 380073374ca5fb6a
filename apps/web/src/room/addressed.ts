import type { Member } from "@parley/protocol";
import { plainId, tagOf } from "./names.ts";

/** To whom `/w name text` writes, and what; or why that is not known. */
export type Addressed =
  | { readonly is: "found"; readonly member: Member; readonly text: string }
  | { readonly is: "refused"; readonly why: string };

/** As much of an id as distinguishes members with one name, after a `#`. */
const TAG = /^#([\p{L}\p{N}]{1,16})(?:\s+|$)/u;

/**
 * Finds the member at the beginning of a text: the longest name that fits, and perhaps the tag of
 * members with one name, as in `Ada #x9f2 hello`.
 * @param others all members but oneself
 */
export function addressed(written: string, others: readonly Member[]): Addressed {
  const given = written.trim().replace(/^@/, "");
  if (given === "") return { is: "refused", why: "Write a name and a text, as in “/w Ada hello”." };
  const fits = others.filter(({ name, hook }) => !hook && begins(given, name));
  const longest = Math.max(...fits.map(({ name }) => name.length));
  const named = fits.filter(({ name }) => name.length === longest);
  const [first] = named;
  if (!first) return { is: "refused", why: "Nobody here has that name. Nothing was sent." };
  const rest = given.slice(longest).trimStart();
  const tag = TAG.exec(rest);
  const tagged = tag ? named.filter(({ id }) => plainId(id).startsWith(tag[1] ?? "")) : [];
  const [only] = tagged;
  if (tag && only && tagged.length === 1) {
    return { is: "found", member: only, text: rest.slice(tag[0].length) };
  }
  if (named.length === 1) return { is: "found", member: first, text: rest };
  const tags = named.map((member) => `${first.name} ${tagOf(member)}`).join(", ");
  return {
    is: "refused",
    why: `${named.length} people have that name. Write one of: ${tags}. Nothing was sent.`,
  };
}

/** Whether a text begins with a name, alone or before a blank; regardless of case. */
function begins(text: string, name: string): boolean {
  const after = text.charAt(name.length);
  return (
    text.slice(0, name.length).toLowerCase() === name.toLowerCase() &&
    (after === "" || /\s/.test(after))
  );
}
