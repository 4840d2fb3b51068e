import type {
  HeardEnding,
  PartialRecognition,
  Recognizer,
} from "@parley/speech/contracts/recognizer";

/**
 * The same recogniser with signs of its own, as some models give them.
 *
 * @param marks which sign comes when the words end so
 */
export function markingRecognizer(
  inner: Recognizer,
  marks: Readonly<Record<string, HeardEnding["type"]>>,
): Recognizer {
  const marked = (partial: PartialRecognition, before: string): PartialRecognition => {
    const [ending] = Object.entries(marks).filter(([words]) => partial.text.endsWith(words));
    if (ending === undefined || partial.text === before) return partial;
    return { ...partial, endings: [{ type: ending[1], atMs: 0, probability: 1 }] };
  };
  const open: Recognizer["open"] = async (options) => {
    const stream = await inner.open(options);
    let text = "";
    const write: typeof stream.write = async (samples) => {
      const partial = marked(await stream.write(samples), text);
      ({ text } = partial);
      return partial;
    };
    return { ...stream, write };
  };
  return { ...inner, open };
}
