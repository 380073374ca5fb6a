import { navigate, usePathname, roomPath, routeOf } from "./ui/route.ts";
import { JoinScreen } from "./screens/join-screen.tsx";
import { storedName } from "./storage/identity.ts";
import { RoomRoute } from "./screens/room-route.tsx";
import { lazyPart, useIsShown, useLazy } from "./ui/lazy.tsx";
import { Component, type ReactNode } from "react";
import { Button } from "./ui/button.tsx";

/** The two screens: join, and a room. */
export function App() {
  const route = routeOf(usePathname());
  const join = (roomId: string, name: string) => {
    storedName().write(name);
    navigate(roomPath(roomId));
  };
  return (
    <>
      <ErrorBoundary>
        {route.is === "room" ? (
          <RoomRoute key={route.code} code={route.code} />
        ) : (
          <JoinScreen onJoin={join} />
        )}
        <OfflineApp isInRoom={route.is === "room"} />
      </ErrorBoundary>
    </>
  );
}

/** Without it, the app works online. */
const updateNotice = lazyPart(() => import("./offline/update-notice.tsx"));
/** In development every file is current; outside HTTPS and localhost, browsers have no workers. */
const CAN_KEEP = import.meta.env.PROD && "serviceWorker" in navigator;

/**
 * Lets the app open without a network, and shows when a newer version exists. The whole app is
 * fetched for that, so the messages of a room come first.
 */
function OfflineApp({ isInRoom }: { isInRoom: boolean }) {
  const isShown = useIsShown();
  const part = useLazy(updateNotice, CAN_KEEP && (isShown || !isInRoom));
  return part && <part.UpdateNotice />;
}

/**
 * Replaces a part of the page that could not be shown, for example because a newer version of the
 * app replaced its file.
 */
class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert" className="m-auto grid max-w-sm justify-items-center gap-4 p-6 text-center">
        <p className="text-lg font-semibold">This page could not be shown.</p>
        <p className="text-ink-soft">
          It may be out of date. Nothing that you wrote in a message box is lost.
        </p>
        <Button look="primary" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </div>
    );
  }
}
