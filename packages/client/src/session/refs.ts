import { unreachable } from "@parley/protocol";
import type { PageRequest } from "./pages.ts";

/** How the join of a socket is named; there is one. */
export const JOIN_REF = "join";

/** How a request for a page is named: unlike every other that is out on the same socket. */
export function refOfPage(request: PageRequest): string {
  switch (request.for) {
    case "reader":
      return `page-${request.key}`;
    case "hole":
      return `hole-${request.after}`;
    default:
      return unreachable(request);
  }
}
