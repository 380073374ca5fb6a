import { useLocation, useRoute } from "wouter";
import { JoinScreen } from "./features/join/join-screen.tsx";
import { rememberName } from "./remember/identity.ts";
import { RoomRoute } from "./room/room-route.tsx";
import { Failure } from "./ui/failure.tsx";

/** The two screens: the way in, and a room. */
export function App() {
  const [, navigate] = useLocation();
  const [inRoom, room] = useRoute("/r/:code");
  const join = (roomId: string, name: string) => {
    rememberName(name);
    navigate(`/r/${roomId}`);
  };
  return (
    <Failure>
      {inRoom ? <RoomRoute key={room.code} code={room.code} /> : <JoinScreen onJoin={join} />}
    </Failure>
  );
}
