export type AudioDevice = { deviceId: string; label: string };
export type AudioDevices = { microphones: AudioDevice[]; speakers: AudioDevice[] };

/** Audio devices of this machine. Labels are empty until microphone permission was granted. */
export async function listAudioDevices(): Promise<AudioDevices> {
  const source = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  const all = (await source?.enumerateDevices().catch(() => [])) ?? [];
  return { microphones: pick(all, "audioinput"), speakers: pick(all, "audiooutput") };
}

/** Calls back when a device is plugged in or out. @returns a function that unsubscribes. */
export function subscribeToDeviceChanges(callback: () => void): () => void {
  const source = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  source?.addEventListener("devicechange", callback);
  return () => {
    source?.removeEventListener("devicechange", callback);
  };
}

/** Audio devices as the room client needs them; tests put a fake in their place. */
export type AudioDevicesPort = {
  list(): Promise<AudioDevices>;
  subscribe(callback: () => void): () => void;
};

/** Audio devices of this machine. */
export const audioDevices: AudioDevicesPort = {
  list: listAudioDevices,
  subscribe: subscribeToDeviceChanges,
};

/** Support for `setSinkId`: without it (Safari, older browsers) the system chooses the speaker. */
export function canChooseSpeaker(): boolean {
  return typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;
}

function pick(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): AudioDevice[] {
  return all
    .filter((device) => device.kind === kind && device.deviceId !== "")
    .filter((device) => device.deviceId !== "default" && device.deviceId !== "communications")
    .map((device) => ({ deviceId: device.deviceId, label: device.label }));
}
