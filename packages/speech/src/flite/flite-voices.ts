/** Flite's 16 kHz voices, the default first: slt a woman, rms and kal16 men, awb a Scotsman. */
export const fliteVoices = ["slt", "rms", "awb", "kal16"] as const;

export type FliteVoice = (typeof fliteVoices)[number];

/** Hz of every voice above. */
export const fliteSampleRate = 16_000;
