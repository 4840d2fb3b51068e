import type { MicrophoneChoice } from "../sound/microphone";

/** Choice of a device, or of the system's, with noise taken away. */
export function choose(deviceId: string | null): MicrophoneChoice {
  return { deviceId, suppressesNoise: true };
}
