import { ArrowRight } from "lucide-react";
import { useId, useState } from "react";
import { useNavigate } from "react-router";
import { maxNameCharacters } from "@parley/shared/protocol/signalling";
import { useCreateRoom } from "../../api/rooms";
import { problemOf } from "../../client/problem";
import { Button } from "../../components/button";
import { PageShell } from "../../components/page-shell";
import { problemText } from "../../components/problem-text";
import { TextField } from "../../components/text-field";
import { DeviceCheck } from "../../features/devices/device-check";
import { HouseStrip } from "../../features/house/house-strip";
import { ThemeSwitch } from "../../features/theme/theme-switch";
import { preferencesStore, usePreferences } from "../../stores/preferences-store";
import { AgentFields, emptyAgentDraft, roomDraft } from "./agent-fields";
import { RecentRooms } from "./recent-rooms";

/** Start page `/`: the name of the user, and the form for a new room. */
export function LobbyPage() {
  const name = usePreferences((preferences) => preferences.name);
  const [agent, setAgent] = useState(emptyAgentDraft);
  const createRoom = useCreateRoom();
  const navigate = useNavigate();
  const problemId = useId();

  const openRoom = () => {
    createRoom.mutate(roomDraft(agent), {
      onSuccess: (room) => void navigate(`/r/${room.roomId}`),
    });
  };

  return (
    <PageShell aside={<ThemeSwitch />}>
      <title>Parley</title>
      <div className="grid flex-1 content-start gap-x-20 gap-y-14 py-6 lg:grid-cols-[minmax(0,1fr)_24rem] lg:content-center lg:py-10">
        <div className="max-w-xl">
          <h1 className="font-serif text-[2.5rem] leading-[1.08] tracking-[-0.015em] text-balance sm:text-6xl">
            Talk it over, with an agent in the room.
          </h1>
          <p className="mt-5 max-w-md text-lg text-ink-soft">
            Open a room, share its link, and speak: everyone hears each other, and the agent
            listens, answers and writes it all down.
          </p>
          <form
            className="mt-9 max-w-md"
            onSubmit={(event) => {
              event.preventDefault();
              openRoom();
            }}
          >
            <TextField
              label="Your name"
              autoComplete="nickname"
              maxLength={maxNameCharacters}
              value={name}
              onChange={(event) => {
                preferencesStore.setState({ name: event.target.value });
              }}
            />
            <AgentFields draft={agent} onChange={setAgent} />
            <Button
              type="submit"
              variant="primary"
              disabled={createRoom.isPending}
              aria-describedby={createRoom.isError ? problemId : undefined}
              className="mt-5 min-h-12 w-full px-6 text-base sm:w-auto"
            >
              New room
              <ArrowRight aria-hidden size={18} />
            </Button>
            <p id={problemId} role="alert" className="min-h-6 pt-2 text-sm text-warn-text">
              {createRoom.isError && lobbyProblem(createRoom.error)}
            </p>
          </form>
          <HouseStrip />
          <RecentRooms />
        </div>
        <DeviceCheck />
      </div>
    </PageShell>
  );
}

function lobbyProblem(error: unknown): string {
  const { title } = problemText(problemOf(error));
  return `${title}. No room was opened; try once more.`;
}
