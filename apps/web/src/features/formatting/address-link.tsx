import type { ReactNode } from "react";
import { hrefOf } from "./addresses.ts";

/** A link in a text of a member: opens in a page that cannot reach this one. */
export function AddressLink({ address, children }: { address: string; children: ReactNode }) {
  return (
    <a
      href={hrefOf(address)}
      target="_blank"
      rel="noopener noreferrer"
      className="text-link underline decoration-1 underline-offset-2 hover:decoration-2"
    >
      <bdi>{children}</bdi>
    </a>
  );
}
