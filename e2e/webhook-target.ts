import type { HttpTarget } from "@parley/testkit/http-target";
import { Webhook } from "standardwebhooks";

interface Told {
  readonly data: { readonly entries?: readonly { readonly payload: { message?: string } }[] };
}

/** The texts of all messages that a path of a target received; throws if a signature is wrong. */
export function textsAt({ asked }: HttpTarget, path: string, secret: string): string[] {
  return asked
    .filter((request) => request.path === path)
    .map(({ body, headers }) => new Webhook(secret).verify(body, headers) as Told)
    .flatMap(({ data }) => data.entries ?? [])
    .map(({ payload }) => payload.message ?? "");
}
