import { isAbort } from "@parley/shared/async/abort";
import { Volume2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useHouse } from "../../api/house";
import { Button } from "../../components/button";
import { useOperatorKey } from "../../stores/operator-key";

type HearVoiceProps = {
  /** Empty for the default. */
  voice: string;
  /** Empty for the voice's own. */
  language: string;
};

/** Button that plays a short greeting as the agent would speak it; nothing where nobody speaks. */
export function HearVoice({ voice, language }: HearVoiceProps) {
  const { data: house } = useHouse(useOperatorKey());
  const playing = useRef<HTMLAudioElement>(null);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => () => playing.current?.pause(), []);
  if (house === undefined) return null;

  const play = () => {
    playing.current?.pause();
    setHasFailed(false);
    const chosen = new URLSearchParams();
    if (house.voices.includes(voice)) chosen.set("voice", voice);
    if (house.languages.includes(language)) chosen.set("language", language);
    const sound = new Audio(`/api/voice-sample?${chosen.toString()}`);
    playing.current = sound;
    sound.play().catch((error: unknown) => {
      // Another one was begun, or the form was left.
      if (!isAbort(error)) setHasFailed(true);
    });
  };

  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={play}>
        <Volume2 aria-hidden size={17} strokeWidth={1.75} />
        Hear it
      </Button>
      <span role="status" className="text-sm text-ink-soft">
        {hasFailed && "The voice cannot be heard now. Try again in a moment."}
      </span>
    </div>
  );
}
