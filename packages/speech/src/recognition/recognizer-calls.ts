import type { BatchSizes } from "../contracts/batch-sizes";
import type {
  PartialRecognition,
  Recognition,
  Recognizer,
  RecognizerStreamOptions,
} from "../contracts/recognizer";

type OfStream = { stream: number };

export type RecognizerDescription = Pick<
  Recognizer,
  "name" | "remarks" | "doubtfulBelow" | "capacity" | "runsOn" | "placements"
>;

/** The calls of a recogniser's thread. A stream is known by a number that its owner chooses. */
export type RecognizerCalls = {
  describe: (request: undefined) => Promise<RecognizerDescription>;
  open: (request: OfStream & { options: RecognizerStreamOptions }) => Promise<undefined>;
  write: (request: OfStream & { samples: Int16Array }) => Promise<PartialRecognition>;
  "peek-final": (request: OfStream) => Promise<Recognition>;
  finish: (request: OfStream) => Promise<Recognition>;
  reset: (request: OfStream) => Promise<undefined>;
  "set-phrases": (request: OfStream & { phrases: readonly string[] }) => Promise<undefined>;
  close: (request: OfStream) => Promise<undefined>;
  "batch-sizes": (request: undefined) => Promise<BatchSizes>;
};
