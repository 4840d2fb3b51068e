/** Another machine that speaks or hears, as messages name it. */
export type RemoteMachine = {
  readonly job: "voice" | "recogniser";
  /** Host and port. */
  readonly host: string;
};

const settings = {
  voice: { url: "SYNTHESIZER_URL", key: "SYNTHESIZER_API_KEY" },
  recogniser: { url: "RECOGNIZER_URL", key: "RECOGNIZER_API_KEY" },
} as const;

/** The beginning of a sentence about it: "The voice at voice.example:8080". */
export function titleOf({ job, host }: RemoteMachine): string {
  return `The ${job} at ${host}`;
}

/** The settings that an operator has to look at. */
export function settingsOf({ job }: RemoteMachine): { url: string; key: string } {
  return settings[job];
}

export function voiceAt({ host }: URL): RemoteMachine {
  return { job: "voice", host };
}

export function recognizerAt({ host }: URL): RemoteMachine {
  return { job: "recogniser", host };
}
