import { BrainCog, CircleCheck, MicOff, Moon, RefreshCw, VolumeX } from "lucide-react";
import { isPermanentProblem } from "@parley/client/problem";
import { agentProblemText } from "../../components/agent-problem-text";
import { Button } from "../../components/button";
import { Dismissible } from "../../components/dismissible";
import { Notice } from "../../components/notice";
import { problemText } from "../../components/problem-text";
import { preferredMicrophone } from "../../stores/preferences";
import { preferencesStore } from "../../stores/preferences-store";
import { useAgentPresence } from "../../features/conversation/use-agent-presence";
import { useRoomSession, useRoomState } from "../../stores/room-session-context";
import { StorageNotice } from "./storage-notice";
import { useReconnected } from "./use-reconnected";

/**
 * Notices about problems, below the head that says where one is and with whom, and laid over the
 * rest so that the layout never shifts.
 */
export function RoomNotices() {
  const { client } = useRoomSession();
  const connection = useRoomState((state) => state.connection);
  const problem = useRoomState((state) => state.problem);
  const microphone = useRoomState((state) => state.microphone);
  const isBlocked = useRoomState((state) => state.isPlaybackBlocked);
  const routes = useRoomState((state) => state.mediaRoutes);
  const { isMissed } = useAgentPresence();
  const isAlone = useRoomState(
    (state) => state.members.filter((member) => !member.isAgent).length <= 1,
  );
  const agentProblem = useRoomState((state) => state.agentProblem);
  const hasReconnected = useReconnected(connection);
  const hasNoMedia = problem === "media-unavailable";

  return (
    <div className="pointer-events-none absolute inset-x-0 top-full z-10 mx-auto mt-1 grid max-w-md gap-2 *:pointer-events-auto *:animate-settle *:shadow-float">
      {hasNoMedia ? (
        <Notice icon={RefreshCw} tone="warn" title={problemText(problem).title}>
          {problemText(problem, routes).advice}
        </Notice>
      ) : (
        connection === "reconnecting" && (
          <Notice icon={RefreshCw} tone="warn" title="Connection lost, coming back">
            {problemText(problem ?? "server-unreachable").advice}
          </Notice>
        )
      )}
      {hasReconnected && <Notice icon={CircleCheck} tone="good" title="You are back" />}
      {isBlocked && (
        <Notice
          icon={VolumeX}
          tone="warn"
          title="Your browser holds the sound back"
          action={
            <Button
              onClick={() => {
                client.unlockPlayback();
              }}
            >
              Turn on
            </Button>
          }
        />
      )}
      {microphone.state === "unavailable" && (
        <Dismissible key={microphone.problem}>
          {(dismiss) => (
            <Notice
              icon={MicOff}
              tone="warn"
              title={problemText(microphone.problem).title}
              action={
                <span className="-mr-1 flex flex-col gap-1">
                  {!isPermanentProblem(microphone.problem) && (
                    <Button
                      className="min-h-9 px-3 text-sm"
                      onClick={() => {
                        void client.chooseMicrophone(
                          preferredMicrophone(preferencesStore.getState()),
                        );
                      }}
                    >
                      Try again
                    </Button>
                  )}
                  <Button variant="quiet" className="min-h-9 px-3 text-sm" onClick={dismiss}>
                    Dismiss
                  </Button>
                </span>
              }
            >
              {problemText(microphone.problem).advice}
            </Notice>
          )}
        </Dismissible>
      )}
      <StorageNotice />
      {connection === "connected" && agentProblem !== null && (
        <Dismissible key={agentProblem}>
          {(dismiss) => (
            <Notice
              icon={BrainCog}
              tone="warn"
              title={agentProblemText(agentProblem).title}
              action={
                <Button variant="quiet" className="min-h-9 px-3 text-sm" onClick={dismiss}>
                  Dismiss
                </Button>
              }
            >
              {agentProblemText(agentProblem).advice}
            </Notice>
          )}
        </Dismissible>
      )}
      {isMissed && (
        <Notice icon={Moon} tone="calm" title="The agent is away">
          {isAlone
            ? "It comes back by itself, and reads what you write until then."
            : "You can still talk to each other. It comes back by itself."}
        </Notice>
      )}
    </div>
  );
}
