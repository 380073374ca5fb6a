import { lazy, Suspense } from "react";

/** Fetched when somebody wants to choose. */
const CallChoices = lazy(() =>
  import("./settings-form.tsx").catch(() => ({ default: NotFetched })),
);

/** How one wants to be called; see settings-form.tsx. */
export function LazyCallChoices() {
  return (
    <Suspense fallback={null}>
      <CallChoices />
    </Suspense>
  );
}

function NotFetched() {
  return <p className="text-sm text-caution">The choices could not be fetched.</p>;
}
