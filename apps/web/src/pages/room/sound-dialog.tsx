import { Megaphone } from "lucide-react";
import { playTestTone } from "@parley/client/sound/test-tone";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { SelectField } from "../../components/select-field";
import { AgentVolume } from "../../features/devices/agent-volume";
import { DeviceSelects } from "../../features/devices/device-selects";
import { MicrophoneSwitches } from "../../features/devices/microphone-switches";
import { useAudioDevices } from "../../features/devices/use-audio-devices";
import { announcementsSchema, preferredMicrophone } from "../../stores/preferences";
import { preferencesStore, usePreferences } from "../../stores/preferences-store";
import { useRoomSession, useRoomState } from "../../stores/room-session-context";

const announcements = [
  { value: "people", label: "What people say" },
  { value: "all", label: "What people and the agent say" },
  { value: "none", label: "Nothing" },
];

/** Dialog for sound during a conversation: devices, loudness, and what screen readers read out. */
export function SoundDialog({ onClose }: { onClose: () => void }) {
  const { client } = useRoomSession();
  const microphone = useRoomState((state) => state.microphone);
  const preferences = usePreferences((state) => state);
  const devices = useAudioDevices(microphone.state);
  const openMicrophone = () => {
    void client.chooseMicrophone(preferredMicrophone(preferencesStore.getState()));
  };
  return (
    <Dialog title="Sound" onClose={onClose}>
      <DeviceSelects
        devices={devices}
        microphoneId={preferences.microphoneId}
        speakerId={preferences.speakerId}
        onChooseMicrophone={(deviceId) => {
          preferencesStore.setState({ microphoneId: deviceId });
          openMicrophone();
        }}
        onChooseSpeaker={(deviceId) => {
          preferencesStore.setState({ speakerId: deviceId });
          void client.chooseSpeaker(deviceId);
        }}
      />
      <MicrophoneLevel />
      <MicrophoneSwitches onChange={openMicrophone} />
      <div className="mt-4 grid gap-4">
        <AgentVolume
          volume={preferences.agentVolume}
          onChange={(agentVolume) => {
            preferencesStore.setState({ agentVolume });
            client.setAgentVolume(agentVolume);
          }}
        />
        <SelectField
          label="Screen readers read out"
          icon={Megaphone}
          value={preferences.announcements}
          options={announcements}
          onChoose={(value) => {
            preferencesStore.setState({ announcements: announcementsSchema.parse(value) });
          }}
        />
      </div>
      <Button className="mt-5" onClick={() => void playTestTone(preferences.speakerId)}>
        Play a sound
      </Button>
    </Dialog>
  );
}

/** Steps in which the level is shown. */
const steps = 20;

/** Level of the own microphone; it stands still while muted. */
function MicrophoneLevel() {
  const step = useRoomState((state) => Math.round(state.microphoneLevel * steps));
  const isMuted = useRoomState((state) => state.isMuted);
  return (
    <div className="mt-2 flex min-h-6 items-center gap-3 text-sm text-ink-soft">
      {isMuted ? "You are muted" : "You"}
      <span
        aria-hidden
        className="h-1.5 flex-1 overflow-hidden rounded-full border border-line-strong"
      >
        <span
          className="block h-full origin-left border-t-8 border-accent-line"
          style={{ transform: `scaleX(${step / steps})` }}
        />
      </span>
    </div>
  );
}
