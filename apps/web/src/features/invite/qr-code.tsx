import { correction, generate } from "lean-qr/nano";
import { useMemo } from "react";

/** The light margin around the code that readers need, in squares. */
const QUIET_ZONE = 2;

/** A QR code, dark on light in both themes, because some readers cannot read the reverse. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const code = generate(text, { minCorrectionLevel: correction.M });
    let squares = "";
    for (let y = 0; y < code.size; y += 1) {
      for (let x = 0; x < code.size; x += 1) {
        if (code.get(x, y)) squares += `M${x} ${y}h1v1h-1z`;
      }
    }
    return { path: squares, size: code.size };
  }, [text]);
  const side = size + 2 * QUIET_ZONE;
  return (
    <svg
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="size-full rounded-md bg-flag-white forced-color-adjust-none"
    >
      <path d={path} className="fill-flag-navy" />
    </svg>
  );
}
