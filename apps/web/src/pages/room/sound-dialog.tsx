import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { preferencesStore, usePreferences } from "../../stores/preferences-store";
import { useRoomSession, useRoomState } from "../../stores/room-session-context";
import { playTestTone } from "../../client/test-tone";
import { DeviceSelects } from "../../features/devices/device-selects";
import { useAudioDevices } from "../../features/devices/use-audio-devices";

/** Microphone and speaker, changed while talking. */
export function SoundDialog({ onClose }: { onClose: () => void }) {
  const { client } = useRoomSession();
  const microphone = useRoomState((state) => state.microphone);
  const microphoneId = usePreferences((preferences) => preferences.microphoneId);
  const speakerId = usePreferences((preferences) => preferences.speakerId);
  const devices = useAudioDevices(microphone.state);
  return (
    <Dialog title="Sound" onClose={onClose}>
      <DeviceSelects
        devices={devices}
        microphoneId={microphoneId}
        speakerId={speakerId}
        onChooseMicrophone={(deviceId) => {
          preferencesStore.setState({ microphoneId: deviceId });
          void client.chooseMicrophone(deviceId);
        }}
        onChooseSpeaker={(deviceId) => {
          preferencesStore.setState({ speakerId: deviceId });
          void client.chooseSpeaker(deviceId);
        }}
      />
      <Button className="mt-5" onClick={() => void playTestTone(speakerId)}>
        Play a sound
      </Button>
    </Dialog>
  );
}
