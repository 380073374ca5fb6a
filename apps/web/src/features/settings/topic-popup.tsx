import { type ReactNode, useEffect } from "react";
import { type Box, Popup } from "../../ui/popup.tsx";
import { onNavigated } from "../../ui/route.ts";
import { AddressLink } from "../formatting/address-link.tsx";
import { addressesIn } from "../formatting/addresses.ts";

/** The whole topic; its addresses are links. */
export function TopicPopup({
  topic,
  beside,
  onClose,
}: {
  topic: string;
  beside: Box;
  onClose: () => void;
}) {
  useEffect(() => onNavigated(onClose), [onClose]);
  return (
    <Popup beside={beside} role="dialog" label="Topic" onClose={onClose}>
      <p dir="auto" className="max-h-[40dvh] overflow-y-auto p-2 wrap-anywhere sm:max-w-md">
        {withLinks(topic)}
      </p>
    </Popup>
  );
}

function withLinks(text: string): ReactNode {
  const drawn: ReactNode[] = [];
  let from = 0;
  for (const { at, text: address } of addressesIn(text)) {
    drawn.push(
      text.slice(from, at),
      <AddressLink key={at} address={address}>
        {address}
      </AddressLink>,
    );
    from = at + address.length;
  }
  return [...drawn, text.slice(from)];
}
