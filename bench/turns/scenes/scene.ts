import type { NoiseName } from "../sounds/noises";

/**
 * `tuned`: the policy's lists and waits were chosen with these in view. `held-out`: written to judge
 * it, and never looked at while it was chosen. `people`: recordings of people, held out too.
 */
export const sceneSets = ["tuned", "held-out", "people"] as const;
export type SceneSet = (typeof sceneSets)[number];

/** What a scene is about, and so what is asked of it. */
export const sceneKinds = [
  ...(["question", "command", "statement"] as const),
  ...(["pause", "sentences", "trailing"] as const),
  ...(["backchannel", "noise", "interruption"] as const),
  ...(["room", "overlap", "television", "echo"] as const),
] as const;
export type SceneKind = (typeof sceneKinds)[number];

/** Something to be heard in a microphone. */
export type SceneSound =
  /** Pauses are seconds in brackets: "My number is [0.7] five five five." */
  | { type: "speech"; text: string }
  | { type: "noise"; name: NoiseName }
  /** Recording of a person; `pauseMs` of silence replace the gap between two words near its middle. */
  | { type: "recording"; file: string; pauseMs?: number };

export type SceneStep =
  | { type: "types"; text: string }
  | { type: "passes"; ms: number }
  /** Begins `afterMs` from now; the next step comes at once. `levelDb` is above usual speech. */
  | { type: "begins"; who: Who; sound: SceneSound; afterMs?: number; levelDb?: number }
  /** Until everything that began is said. */
  | { type: "finishes" }
  /** Until the agent was heard for a second after the last word, or that long after it. */
  | { type: "awaits-answer"; limitMs: number };

/** Two people and a loudspeaker in the room of the first, each with a voice of its own. */
export type Who = "Robin" | "Kim" | "television";

/** One scene: what happens, and how its room is. */
export type Scene = {
  /** Unique within the suite. */
  id: string;
  kind: SceneKind;
  set: SceneSet;
  /** What is said, for people who read the figures. */
  text: string;
  steps: readonly SceneStep[];
  /** Members from the beginning; Robin alone unless given. */
  members?: readonly ("Robin" | "Kim")[];
  /** How the agent's voice comes back through Robin's microphone; not at all unless given. */
  echo?: { levelDb: number; delayMs: number };
};

/** Somebody says something, all of it. */
export function says(who: Who, text: string): SceneStep[] {
  return [{ type: "begins", who, sound: { type: "speech", text } }, { type: "finishes" }];
}

/** Robin asks for a story, and it is well under way: echo cancellers count as adapted by then. */
export const storyUnderWay: readonly SceneStep[] = [
  { type: "passes", ms: 300 },
  { type: "types", text: "Please tell me a long story." },
  { type: "passes", ms: 3_200 },
];

/** Ids such as "pause-07" for a list of scenes of one kind. */
export function sceneId(kind: SceneKind, set: SceneSet, index: number): string {
  return `${kind}-${set}-${String(index + 1).padStart(2, "0")}`;
}
