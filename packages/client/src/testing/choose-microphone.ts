import type { MicrophoneChoice } from "../sound/microphone";

/** Choice of a device, or of the system's, with noise and echo taken away. */
export function choose(deviceId: string | null): MicrophoneChoice {
  return { deviceId, suppressesNoise: true, cancelsEcho: true };
}
