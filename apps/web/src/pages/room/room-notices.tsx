import { BrainCog, CircleCheck, MicOff, Moon, RefreshCw, VolumeX } from "lucide-react";
import { agentProblemText } from "../../components/agent-problem-text";
import { Button } from "../../components/button";
import { Dismissible } from "../../components/dismissible";
import { Notice } from "../../components/notice";
import { problemText } from "../../components/problem-text";
import { usePreferences } from "../../stores/preferences-store";
import { useRoomSession, useRoomState } from "../../stores/room-session-context";
import { useReconnected } from "./use-reconnected";

/** Notices about problems, laid over the room so that the layout never shifts. */
export function RoomNotices() {
  const { client } = useRoomSession();
  const connection = useRoomState((state) => state.connection);
  const problem = useRoomState((state) => state.problem);
  const microphone = useRoomState((state) => state.microphone);
  const isBlocked = useRoomState((state) => state.isPlaybackBlocked);
  const agentState = useRoomState((state) => state.agentState);
  const agentProblem = useRoomState((state) => state.agentProblem);
  const microphoneId = usePreferences((preferences) => preferences.microphoneId);
  const hasReconnected = useReconnected(connection);
  const isReconnecting = connection === "reconnecting";

  return (
    <div className="pointer-events-none absolute inset-x-0 top-2 z-10 mx-auto grid max-w-md gap-2 px-4 *:pointer-events-auto *:animate-settle *:shadow-float">
      {isReconnecting && (
        <Notice icon={RefreshCw} tone="warn" title="Connection lost, coming back">
          {problemText(problem ?? "server-unreachable").advice}
        </Notice>
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
                  <Button
                    className="min-h-9 px-3 text-sm"
                    onClick={() => {
                      void client.chooseMicrophone(microphoneId);
                    }}
                  >
                    Try again
                  </Button>
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
      {connection === "connected" && agentState === "away" && (
        <Notice icon={Moon} tone="calm" title="The agent is away">
          You can still talk to each other. It comes back by itself.
        </Notice>
      )}
    </div>
  );
}
