import { useEffect, useState } from "react";
import {
  listAudioDevices,
  subscribeToDeviceChanges,
  type AudioDevices,
} from "@parley/client/sound/audio-devices";

/**
 * Audio devices to choose from, kept up to date.
 *
 * @param revision lists devices again when it changes: labels need microphone permission.
 */
export function useAudioDevices(revision: string): AudioDevices {
  const [devices, setDevices] = useState<AudioDevices>({ microphones: [], speakers: [] });
  useEffect(() => {
    let isCurrent = true;
    const read = () => {
      void listAudioDevices().then((found) => {
        if (isCurrent) setDevices(found);
      });
    };
    read();
    const unsubscribe = subscribeToDeviceChanges(read);
    return () => {
      isCurrent = false;
      unsubscribe();
    };
  }, [revision]);
  return devices;
}
