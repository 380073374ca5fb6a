import { useEffect } from "react";
import { JoinForm } from "../features/join/join-form.tsx";
import type { JoinProblem } from "../features/join/join-problem.ts";
import { KeptLine } from "../features/join/retention-notice.tsx";
import { RecentList } from "../features/join/recent-list.tsx";
import { Welcome } from "./welcome.tsx";

/** The way into a room: with a code and a name, through a link, or by a room that was open before. */
export function JoinScreen({
  code = "",
  problem,
  onJoin,
}: {
  code?: string;
  problem?: JoinProblem | undefined;
  onJoin: (roomId: string, name: string) => void;
}) {
  useEffect(() => {
    document.title = "Parley";
  }, []);

  return (
    <div className="relative grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] lg:grid-cols-[minmax(0,11fr)_minmax(0,13fr)] lg:grid-rows-1">
      <Welcome />
      <main className="grid grid-cols-[minmax(0,28rem)] justify-center pt-8 pr-[max(1.5rem,env(safe-area-inset-right))] pl-[max(1.5rem,env(safe-area-inset-left))] pb-[max(2rem,env(safe-area-inset-bottom))] lg:content-center">
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-8">
          <JoinForm key={code} code={code} problem={problem} onJoin={onJoin} />
          <KeptLine />
          <RecentList />
        </div>
      </main>
    </div>
  );
}
