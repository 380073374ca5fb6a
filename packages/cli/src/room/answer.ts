import { objectIn } from "../doctor/ask.ts";

/** Undefined if the network fails. */
export function unlessLost<Value>(work: Promise<Value>): Promise<Value | undefined> {
  // oxlint-disable-next-line house/no-bare-catch -- a failure of the network looks like any other
  return work.catch(() => undefined);
}

/** Why a request was refused, for people, and whether the same request may work later. */
export interface RefusedAnswer {
  readonly why: string;
  readonly isTemporary: boolean;
}

/** Reads the refusal in an answer of a server; a proxy answers with a page, which is not shown. */
export async function refusalIn(response: Response, server: URL): Promise<RefusedAnswer> {
  const { status } = response;
  const text = (await unlessLost(response.text())) ?? "";
  const error = objectIn(text)?.["error"] as
    | { readonly message?: string; readonly temporary?: boolean }
    | undefined;
  return {
    why: error?.message ?? `${server.href} answered ${status}.`,
    isTemporary: error?.temporary ?? (status >= 500 || status === 429),
  };
}
