import type { FliteVoice } from "./flite-voices";

/** The one call of the synthesiser's thread: a step of a clause. */
export type FliteCalls = {
  synthesize: (request: { text: string; voice: FliteVoice }) => Promise<{ samples: Int16Array }>;
};
