import type { Scene } from "./scene";

/** From a loudspeaker beside the microphone to what an echo canceller leaves. */
const levelsDb = [-10, -20, -30, -40, -50];
/** Sound card, browser and network; from a headset's to a Bluetooth loudspeaker's. */
const delaysMs = [60, 105, 150, 200, 250];
/** A long monologue, and a short answer after which the microphone still hears it. */
const requests = [
  { text: "Please tell me a long story.", ms: 12_000 },
  { text: "Tell me a joke.", ms: 9_000 },
];

/** The agent speaks, and hears itself through Robin's microphone; Robin types and says nothing. */
export function echoScenes(): Scene[] {
  return requests.flatMap(({ text, ms }) =>
    levelsDb.flatMap((levelDb) =>
      delaysMs.map((delayMs) => ({
        id: `echo${levelDb}dB-${delayMs}ms-${text === requests[0]?.text ? "story" : "joke"}`,
        kind: "echo" as const,
        set: "held-out" as const,
        text,
        echo: { levelDb, delayMs },
        steps: [
          { type: "passes" as const, ms: 300 },
          { type: "types" as const, text },
          { type: "passes" as const, ms },
        ],
      })),
    ),
  );
}
