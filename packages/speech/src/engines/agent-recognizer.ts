import type { TransducerSettings } from "../transducer/transducer-settings";
import { ThreadedRecognizer } from "../transducer/recognizer/threaded-recognizer";

/** What an operator may choose; the rest follows from people talking to an agent. */
export type AgentRecognizerSettings = Pick<
  TransducerSettings,
  "model" | "threads" | "providers" | "rightContext"
>;

/** Opens a recogniser as conversations need it. Rejects with `model-mismatch`. */
export function openAgentRecognizer(
  settings: Pick<AgentRecognizerSettings, "model"> & Partial<AgentRecognizerSettings>,
  signal: AbortSignal,
): Promise<ThreadedRecognizer> {
  return ThreadedRecognizer.open(
    {
      threads: 1,
      providers: ["cpu"],
      rightContext: null,
      window: { chunk: 2, left: 10, right: 2 },
      isOffline: false,
      finish: "silence",
      resetsAtEndOfUtterance: true,
      ...settings,
    },
    signal,
  );
}
