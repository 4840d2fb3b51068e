import type { TransducerSettings } from "../transducer/transducer-settings";

/** The engine that hears, with its own settings. */
export type RecognizerChoice = { type: "transducer"; settings: TransducerSettings };

/** The settings of a transducer that are an operator's to choose. */
export type ConversationTransducer = Pick<TransducerSettings, "model"> &
  Partial<Pick<TransducerSettings, "threads" | "providers" | "rightContext">>;

/** A transducer as people who talk with an agent need it. */
export function conversationTransducer(chosen: ConversationTransducer): RecognizerChoice {
  const settings: TransducerSettings = {
    threads: 1,
    providers: ["cpu"],
    rightContext: null,
    window: { chunk: 2, left: 10, right: 2 },
    isOffline: false,
    finish: "silence",
    resetsAtEndOfUtterance: true,
    ...chosen,
  };
  return { type: "transducer", settings };
}
