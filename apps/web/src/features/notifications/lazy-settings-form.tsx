import { lazy, Suspense } from "react";

/** Fetched when somebody wants to choose. */
const SettingsForm = lazy(() =>
  import("./settings-form.tsx").catch(() => ({ default: NotFetched })),
);

/** How one wants to be called; see settings-form.tsx. */
export function LazySettingsForm() {
  return (
    <Suspense fallback={null}>
      <SettingsForm />
    </Suspense>
  );
}

function NotFetched() {
  return <p className="text-sm text-caution">The choices could not be fetched.</p>;
}
