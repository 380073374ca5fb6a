import type { ReactNode } from "react";
import { pathWithin } from "../../ui/route.ts";
import { RouteLink } from "../../ui/route-link.tsx";
import { hrefOf } from "./addresses.ts";

const LOOK = "text-link underline decoration-1 underline-offset-2 hover:decoration-2";

/**
 * A link in a text of a member: leads to a room or a message of this host in place; any other address
 * opens in a page that cannot reach this one.
 */
export function AddressLink({ address, children }: { address: string; children: ReactNode }) {
  const href = hrefOf(address);
  const path = pathWithin(href);
  const text = <bdi>{children}</bdi>;
  if (path !== undefined) {
    return (
      <RouteLink to={path} className={LOOK}>
        {text}
      </RouteLink>
    );
  }
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={LOOK}>
      {text}
    </a>
  );
}
