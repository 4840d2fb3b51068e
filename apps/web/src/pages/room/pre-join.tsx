import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import { maxNameCharacters } from "@parley/shared/protocol/signalling";
import { useRef, useState } from "react";
import { Button } from "../../components/button";
import { roomTitle } from "../../components/room-title";
import { TextField } from "../../components/text-field";
import { useArrivalFocus } from "../../components/use-arrival-focus";
import { DeviceCheck } from "../../features/devices/device-check";
import { preferencesStore, usePreferences } from "../../stores/preferences-store";

type PreJoinProps = {
  room: RoomDescription;
  onJoin: (name: string) => void;
};

/** Pre-join page: the room, the name of the user, and the device check. */
export function PreJoin({ room, onJoin }: PreJoinProps) {
  const name = usePreferences((preferences) => preferences.name);
  const [isNameMissing, setIsNameMissing] = useState(false);
  const heading = useArrivalFocus();
  const field = useRef<HTMLInputElement>(null);
  return (
    <div className="grid flex-1 content-start gap-x-20 gap-y-12 py-6 lg:grid-cols-[minmax(0,1fr)_24rem] lg:pt-[clamp(2rem,9vh,7rem)] lg:pb-10">
      <div className="max-w-md min-w-0">
        <p className="text-ink-soft">{presenceText(room.memberCount)}</p>
        <h1
          ref={heading}
          tabIndex={-1}
          className="mt-2 font-serif text-4xl leading-[1.1] tracking-[-0.01em] text-balance wrap-anywhere outline-none sm:text-5xl"
        >
          {roomTitle(room)}
        </h1>
        <p className="mt-4 text-lg text-ink-soft">
          {room.agentName} listens in this room, answers aloud, and writes down what is said.
        </p>
        <form
          className="mt-8"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const trimmed = name.trim();
            setIsNameMissing(trimmed === "");
            if (trimmed === "") field.current?.focus();
            else onJoin(trimmed);
          }}
        >
          <TextField
            ref={field}
            label="Your name"
            autoComplete="nickname"
            autoFocus={name === ""}
            maxLength={maxNameCharacters}
            value={name}
            problem={
              isNameMissing && name.trim() === "" ? "The others see your name. What is it?" : null
            }
            onChange={(event) => {
              preferencesStore.setState({ name: event.target.value });
            }}
          />
          <Button
            type="submit"
            variant="primary"
            className="mt-2 min-h-12 w-full px-10 text-base sm:w-auto"
          >
            Join
          </Button>
        </form>
      </div>
      <DeviceCheck />
    </div>
  );
}

function presenceText(memberCount: number): string {
  if (memberCount === 0) return "Nobody is here yet";
  return memberCount === 1 ? "One person is here" : `${memberCount} people are here`;
}
