import { useRoom } from "../../room/room-context.ts";
import { Button } from "../../ui/button.tsx";

/** Something in the room is of a kind that this version of the app does not know (SPEC O5). */
export function OutdatedLine() {
  const isOutdated = useRoom((state) => state.isOutdated);
  return (
    <div role="status">
      {isOutdated && (
        <div className="mx-auto flex w-full max-w-3xl flex-wrap items-center gap-x-3 px-4 text-sm text-ink-soft sm:px-7">
          <p>Something newer than this version was said here.</p>
          <Button look="quiet" size="sm" onClick={() => window.location.reload()}>
            Reload
          </Button>
        </div>
      )}
    </div>
  );
}
