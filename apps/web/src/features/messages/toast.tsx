import { useActiveRow } from "./active-row.ts";

/** Confirms the last action if nothing else shows it; below the list, so that it covers no message. */
export function Toast() {
  const toast = useActiveRow((state) => state.toast);
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 top-full flex justify-center"
    >
      {toast !== undefined && (
        <p className="animate-rise rounded-full bg-ink px-3 py-1.5 text-xs font-semibold whitespace-nowrap text-canvas shadow-high">
          {toast}
        </p>
      )}
    </div>
  );
}
