import { MicOff } from "lucide-react";
import { isPermanentProblem } from "@parley/client/problem";
import { playTestTone } from "@parley/client/sound/test-tone";
import { Button } from "../../components/button";
import { Notice } from "../../components/notice";
import { problemText } from "../../components/problem-text";
import { Seal } from "../../components/seal";
import { preferencesStore, usePreferences } from "../../stores/preferences-store";
import { DeviceSelects } from "./device-selects";
import { MicrophoneSwitches } from "./microphone-switches";
import { useAudioDevices } from "./use-audio-devices";
import { useMicrophoneCheck, type MicrophoneCheck } from "./use-microphone-check";

/** Device check before joining: choose and test microphone and speaker. */
export function DeviceCheck() {
  const microphoneId = usePreferences((preferences) => preferences.microphoneId);
  const speakerId = usePreferences((preferences) => preferences.speakerId);
  const { check, open, readLevel } = useMicrophoneCheck();
  const devices = useAudioDevices(check.state);
  const hasMicrophone = check.state === "open";

  return (
    <section aria-label="Microphone and speaker" className="grid content-start gap-6">
      <div className="grid justify-items-center gap-3">
        <Seal
          mode={check.state === "failed" ? "away" : "speaking"}
          readLevel={hasMicrophone ? readLevel : null}
          className="size-48 sm:size-64 lg:size-80"
        />
        <p className="min-h-6 text-sm text-ink-soft">{hint(check.state)}</p>
      </div>
      {check.state === "failed" && (
        <Notice icon={MicOff} tone="warn" title={problemText(check.problem).title}>
          {problemText(check.problem).advice}
        </Notice>
      )}
      {hasMicrophone && (
        <div className="grid gap-2">
          <DeviceSelects
            devices={devices}
            microphoneId={microphoneId}
            speakerId={speakerId}
            onChooseMicrophone={(deviceId) => {
              preferencesStore.setState({ microphoneId: deviceId });
              void open();
            }}
            onChooseSpeaker={(deviceId) => {
              preferencesStore.setState({ speakerId: deviceId });
            }}
          />
          <MicrophoneSwitches onChange={() => void open()} />
        </div>
      )}
      <div className="flex flex-wrap items-center justify-center gap-3">
        {!hasMicrophone && !isHopeless(check) && (
          <Button
            disabled={check.state === "opening"}
            onClick={() => {
              void open();
            }}
          >
            {check.state === "failed" ? "Try again" : "Try the microphone"}
          </Button>
        )}
        <Button
          variant={hasMicrophone ? "plain" : "quiet"}
          onClick={() => {
            void playTestTone(speakerId);
          }}
        >
          Play a sound
        </Button>
      </div>
    </section>
  );
}

/** Trying again cannot help where the page or the browser has no microphone to give. */
function isHopeless(check: MicrophoneCheck): boolean {
  return check.state === "failed" && isPermanentProblem(check.problem);
}

function hint(state: ReturnType<typeof useMicrophoneCheck>["check"]["state"]): string {
  switch (state) {
    case "idle":
      return "Try your microphone before you go in.";
    case "opening":
      return "Your browser is asking whether it may listen.";
    case "open":
      return "Say something: the rays follow your voice.";
    case "failed":
      return "You can go in without a microphone.";
  }
}
