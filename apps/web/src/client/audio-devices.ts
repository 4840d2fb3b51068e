export type AudioDevice = { deviceId: string; label: string };
export type AudioDevices = { microphones: AudioDevice[]; speakers: AudioDevice[] };

/** The devices to choose from. Browsers name them only once the microphone was allowed. */
export async function listAudioDevices(): Promise<AudioDevices> {
  const source = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  const all = (await source?.enumerateDevices().catch(() => [])) ?? [];
  return { microphones: pick(all, "audioinput"), speakers: pick(all, "audiooutput") };
}

/** Calls back when a device was plugged in or out. @returns a function that unsubscribes. */
export function subscribeToDeviceChanges(callback: () => void): () => void {
  const source = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  source?.addEventListener("devicechange", callback);
  return () => {
    source?.removeEventListener("devicechange", callback);
  };
}

/** True when speakers can be chosen at all: Safari and older browsers follow the system. */
export function canChooseSpeaker(): boolean {
  return typeof HTMLMediaElement !== "undefined" && "setSinkId" in HTMLMediaElement.prototype;
}

function pick(all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): AudioDevice[] {
  return all
    .filter((device) => device.kind === kind && device.deviceId !== "")
    .filter((device) => device.deviceId !== "default" && device.deviceId !== "communications")
    .map((device) => ({ deviceId: device.deviceId, label: device.label }));
}
