import { usePointed } from "./active-row.ts";

/** What was just done, where nothing else shows it. */
export function ToldLine() {
  const told = usePointed((state) => state.told);
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center"
    >
      {told !== undefined && (
        <p className="animate-rise rounded-full bg-ink px-4 py-2 text-sm font-semibold text-canvas shadow-high">
          {told}
        </p>
      )}
    </div>
  );
}
