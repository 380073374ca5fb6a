import { useActiveRow } from "./active-row.ts";

/** Confirms the last action if nothing else shows it. */
export function Toast() {
  const toast = useActiveRow((state) => state.toast);
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center"
    >
      {toast !== undefined && (
        <p className="animate-rise rounded-full bg-ink px-4 py-2 text-sm font-semibold text-canvas shadow-high">
          {toast}
        </p>
      )}
    </div>
  );
}
