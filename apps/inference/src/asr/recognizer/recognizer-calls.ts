import type {
  PartialRecognition,
  Recognition,
  RecognizerStreamOptions,
} from "../../contracts/recognizer";

/** The calls of the recogniser's thread. A stream is known by a number that its owner chooses. */
export type RecognizerCalls = {
  describe: { request: undefined; reply: { name: string; remarks: readonly string[] } };
  open: { request: { stream: number; options: RecognizerStreamOptions }; reply: undefined };
  write: { request: { stream: number; samples: Int16Array }; reply: PartialRecognition };
  "peek-final": { request: { stream: number }; reply: Recognition };
  finish: { request: { stream: number }; reply: Recognition };
  reset: { request: { stream: number }; reply: undefined };
  "set-phrases": { request: { stream: number; phrases: readonly string[] }; reply: undefined };
  close: { request: { stream: number }; reply: undefined };
};
