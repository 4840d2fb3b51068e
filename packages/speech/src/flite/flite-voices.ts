/** The 16 kHz voices that Flite brings: slt a woman, rms and kal16 men, awb a Scotsman. */
export const fliteVoices = ["slt", "rms", "awb", "kal16"] as const;

export type FliteVoice = (typeof fliteVoices)[number];

export const defaultFliteVoice: FliteVoice = "slt";

/** Hz, of every voice above. */
export const fliteSampleRate = 16_000;

export function isFliteVoice(name: string): name is FliteVoice {
  return fliteVoices.some((voice) => voice === name);
}
