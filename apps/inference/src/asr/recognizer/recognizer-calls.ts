import type { Recognition } from "../../contracts/recognizer";

/**
 * The calls of the recogniser's thread. A stream is known by a number that its owner chooses and
 * never uses again; the thread opens it at its first call, so that streams live on, with nothing
 * heard, when their thread had to be replaced.
 */
export type RecognizerCalls = {
  write: { request: { stream: number; samples: Int16Array }; reply: Recognition };
  "peek-final": { request: { stream: number }; reply: Recognition };
  finish: { request: { stream: number }; reply: Recognition };
  reset: { request: { stream: number }; reply: undefined };
  close: { request: { stream: number }; reply: undefined };
};
