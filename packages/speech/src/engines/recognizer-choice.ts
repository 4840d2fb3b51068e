import type { RemoteRecognizerSettings } from "../remote/recognition/remote-recognizer-settings";
import type { TransducerSettings } from "../transducer/transducer-settings";
import type { WitnessedMoonshineSettings } from "./witnessed-moonshine";

/** The engine that hears, with its own settings. */
export type RecognizerChoice =
  | { type: "transducer"; settings: TransducerSettings }
  | { type: "moonshine"; settings: WitnessedMoonshineSettings }
  | { type: "remote"; settings: RemoteRecognizerSettings };

/** The settings of a recogniser that are an operator's to choose. */
export type ConversationModel = Pick<TransducerSettings, "model"> &
  Partial<Pick<TransducerSettings, "threads" | "providers" | "device" | "rightContext">>;

/** A transducer as people who talk with an agent need it. */
export function conversationTransducer(chosen: ConversationModel): RecognizerChoice {
  return { type: "transducer", settings: transducerSettings(chosen) };
}

/**
 * Moonshine as people who talk with an agent need it; the look-ahead is a transducer's alone.
 *
 * @param witness folder of the transducer that must have heard a word too
 */
export function conversationMoonshine(
  { model, threads = 1, providers = ["cpu"], device }: ConversationModel,
  witness: string,
): RecognizerChoice {
  const moonshine = { model, threads, providers, device };
  return {
    type: "moonshine",
    settings: { moonshine, witness: transducerSettings({ model: witness }) },
  };
}

function transducerSettings(chosen: ConversationModel): TransducerSettings {
  return {
    threads: 1,
    providers: ["cpu"],
    rightContext: null,
    window: { chunk: 2, left: 10, right: 2 },
    isOffline: false,
    finish: "silence",
    resetsAtEndOfUtterance: true,
    ...chosen,
  };
}
