import { ArrowRight } from "lucide-react";
import { useId, useState } from "react";
import { useNavigate } from "react-router";
import { maxNameCharacters } from "@parley/shared/protocol/signalling";
import { useCreateRoom } from "../../api/rooms";
import { problemOf } from "@parley/client/problem";
import { Button } from "../../components/button";
import { problemText } from "../../components/problem-text";
import { TextField } from "../../components/text-field";
import { preferencesStore, usePreferences } from "../../stores/preferences-store";
import { emptyRoomForm, RoomFields, roomDraft } from "./room-fields";

type NewRoomFormProps = {
  /** Loads the room's code ahead of time. */
  prepareRoom: () => void;
};

/** Form for a new room. Whoever has said their name goes straight in; others meet the door. */
export function NewRoomForm({ prepareRoom }: NewRoomFormProps) {
  const name = usePreferences((preferences) => preferences.name);
  const [values, setValues] = useState(emptyRoomForm);
  const createRoom = useCreateRoom();
  const navigate = useNavigate();
  const problemId = useId();

  const openRoom = () => {
    createRoom.mutate(roomDraft(values), {
      onSuccess: (room) => {
        const isKnown = name.trim() !== "";
        void navigate(`/r/${room.roomId}`, { state: { goesStraightIn: isKnown } });
      },
    });
  };

  return (
    <form
      className="mt-9 max-w-md sideways:mt-0"
      onFocus={prepareRoom}
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
      <RoomFields values={values} onChange={setValues} />
      <Button
        type="submit"
        variant="primary"
        disabled={createRoom.isPending}
        aria-describedby={createRoom.isError ? problemId : undefined}
        className="mt-5 min-h-12 w-full px-6 text-base sm:w-auto"
        onPointerEnter={prepareRoom}
      >
        New room
        <ArrowRight aria-hidden size={18} />
      </Button>
      <p id={problemId} role="alert" className="min-h-6 pt-2 text-sm text-warn-text">
        {createRoom.isError && lobbyProblem(createRoom.error)}
      </p>
    </form>
  );
}

function lobbyProblem(error: unknown): string {
  const { title } = problemText(problemOf(error));
  return `${title}. No room was opened; try once more.`;
}
