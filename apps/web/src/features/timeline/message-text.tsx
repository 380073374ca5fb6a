import { useMemo } from "react";
import { linkify } from "./linkify.ts";

/** What somebody wrote: never HTML; line breaks and spaces as they were, addresses as links. */
export function MessageText({ text }: { text: string }) {
  const stretches = useMemo(() => linkify(text), [text]);
  return (
    <p dir="auto" className="wrap-anywhere whitespace-pre-wrap">
      {stretches.map((stretch) =>
        stretch.is === "link" ? (
          <a
            key={stretch.at}
            href={stretch.text}
            target="_blank"
            rel="noopener noreferrer"
            className="text-link underline decoration-1 underline-offset-2 hover:decoration-2"
          >
            <bdi>{stretch.text}</bdi>
          </a>
        ) : (
          stretch.text
        ),
      )}
    </p>
  );
}
