import { playTestTone } from "../../client/test-tone";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { DeviceSelects } from "../../features/devices/device-selects";
import { useAudioDevices } from "../../features/devices/use-audio-devices";
import { preferencesStore, usePreferences } from "../../stores/preferences-store";
import { useRoomSession, useRoomState } from "../../stores/room-session-context";

/** Dialog for changing microphone and speaker during a conversation. */
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
