import { navigate, usePathname } from "wouter/use-browser-location";
import { JoinScreen } from "./screens/join-screen.tsx";
import { OfflineApp } from "./offline/offline-app.tsx";
import { storedName } from "./storage/identity.ts";
import { NowhereScreen } from "./screens/nowhere-screen.tsx";
import { RoomRoute } from "./screens/room-route.tsx";
import { roomPath, routeOf } from "./ui/route.ts";
import { ErrorBoundary } from "./ui/error-boundary.tsx";

/** The screens: the way in, a room, and a page for addresses where nothing is. */
export function App() {
  const route = routeOf(usePathname());
  const join = (roomId: string, name: string) => {
    storedName().write(name);
    navigate(roomPath(roomId));
  };
  return (
    <>
      <ErrorBoundary>
        {route.is === "room" && <RoomRoute key={route.code} code={route.code} />}
        {route.is === "join" && <JoinScreen onJoin={join} />}
        {route.is === "nowhere" && <NowhereScreen />}
        <OfflineApp />
      </ErrorBoundary>
    </>
  );
}
