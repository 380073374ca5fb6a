import type { Edit } from "./line-editor.ts";

/** A key as Node's readline reads it. */
export interface Key {
  readonly name?: string | undefined;
  readonly sequence?: string | undefined;
  readonly ctrl?: boolean | undefined;
  readonly meta?: boolean | undefined;
}

/** What a key does. */
export type KeyAction =
  | { readonly is: "insert"; readonly text: string }
  | { readonly is: "edit"; readonly edit: Edit }
  | {
      readonly is:
        | "enter"
        | "older"
        | "newer"
        | "interrupt"
        | "end of input"
        | "redraw"
        | "suspend"
        | "paste start"
        | "paste end";
    };

const plain: Readonly<Record<string, Edit>> = {
  left: "left",
  right: "right",
  home: "start",
  end: "end",
  backspace: "delete left",
  delete: "delete right",
};

const withControl: Readonly<Record<string, Edit>> = {
  a: "start",
  b: "left",
  e: "end",
  f: "right",
  h: "delete left",
  k: "delete to end",
  u: "delete to start",
  w: "delete word",
  left: "word left",
  right: "word right",
};

const withMeta: Readonly<Record<string, Edit>> = {
  b: "word left",
  f: "word right",
  left: "word left",
  right: "word right",
  backspace: "delete word",
};

const actions: Readonly<Record<string, Exclude<KeyAction["is"], "insert" | "edit">>> = {
  c: "interrupt",
  d: "end of input",
  l: "redraw",
  n: "newer",
  p: "older",
  z: "suspend",
};

/** The action of a key, with the key bindings of shells; undefined for none. */
export function actionOf(text: string | undefined, key: Key): KeyAction | undefined {
  const { name = "", ctrl = false, meta = false } = key;
  if (name === "paste-start") return { is: "paste start" };
  if (name === "paste-end") return { is: "paste end" };
  if (name === "return" || name === "enter") {
    return meta ? { is: "insert", text: "\n" } : { is: "enter" };
  }
  if (name === "up" || name === "down") return { is: name === "up" ? "older" : "newer" };
  const edits = ctrl ? withControl : meta ? withMeta : plain;
  const edit = Object.hasOwn(edits, name) ? edits[name] : undefined;
  if (edit) return { is: "edit", edit };
  const action = ctrl && Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action) return { is: action };
  if (ctrl || meta) return undefined;
  const typed = typable(text ?? "");
  return typed === "" ? undefined : { is: "insert", text: typed };
}

/** A text without the controls that would move the terminal's cursor. */
export function typable(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, "\n");
  // oxlint-disable-next-line no-control-regex -- these are the characters to take out
  return lines.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}
