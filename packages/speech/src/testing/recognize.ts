import { systemClock } from "@parley/shared/async/clock";
import type { Recognition, RecognizerStreamOptions } from "../contracts/recognizer";
import type { TransducerSettings } from "../transducer/transducer-settings";
import { TransducerRecognizer } from "../transducer/recognizer/transducer-recognizer";

/** The recogniser's settings for whole frames and nothing else; tests change what they are about. */
export const plainSettings: Omit<TransducerSettings, "model"> = {
  threads: 1,
  providers: ["cpu"],
  rightContext: null,
  window: { chunk: 2, left: 10, right: 2 },
  isOffline: false,
  finish: "exact",
  resetsAtEndOfUtterance: false,
};

/** Streams of files, which do not depend on the capacity of the machine. */
export const fileOptions: RecognizerStreamOptions = { isOffline: true };

export function loadRecognizer(
  model: string,
  settings: Partial<TransducerSettings> = {},
): Promise<TransducerRecognizer> {
  return TransducerRecognizer.load({ ...plainSettings, model, ...settings }, systemClock);
}

/** Recognizes a recording with a stream of its own, in pieces of the given sizes by turns. */
export async function recognize(
  recognizer: TransducerRecognizer,
  samples: Int16Array,
  pieces: readonly number[] = [8_000],
): Promise<Recognition> {
  const stream = await recognizer.open(fileOptions);
  for (let at = 0, turn = 0; at < samples.length; turn++) {
    const size = pieces[turn % pieces.length] ?? 8_000;
    await stream.write(samples.subarray(at, at + size));
    at += size;
  }
  const recognition = await stream.finish();
  stream.close();
  return recognition;
}

/** Recognizes all recordings at once, so that their runs are shared. */
export async function recognizeTogether(
  recognizer: TransducerRecognizer,
  recordings: ReadonlyMap<string, Int16Array>,
): Promise<Map<string, Recognition>> {
  const names = [...recordings.keys()];
  const heard = await Promise.all(
    [...recordings.values()].map((samples) => recognize(recognizer, samples)),
  );
  return new Map(heard.map((recognition, index) => [names[index] ?? "", recognition]));
}
