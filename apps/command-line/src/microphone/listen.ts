import { speechRate } from "@parley/shared/audio/speech-rate";
import { FrameSlicer } from "@parley/shared/audio/frame-slicer";
import type { RecognizerStream } from "@parley/speech/contracts/recognizer";
import type { LiveLine } from "./live-line";

/** An utterance is over when its words have not changed for this long. */
const pauseSeconds = 1.2;

/** Samples per write, which is a round trip to the engine; finer ones show words no sooner. */
const pieceSamples = speechRate / 10;

/**
 * Shows the words while they are spoken, and settles a line at each pause, at each end of an
 * utterance that the model detects, and at the end of the sound.
 */
export async function listen(
  sound: AsyncIterable<Int16Array>,
  stream: RecognizerStream,
  line: LiveLine,
): Promise<void> {
  let text = "";
  let unchangedSamples = 0;
  const settle = async () => {
    line.settle((await stream.finish()).text);
    text = "";
  };
  for await (const samples of inPieces(sound)) {
    const heard = await stream.write(samples);
    unchangedSamples = heard.text === text ? unchangedSamples + samples.length : 0;
    text = heard.text;
    line.show(text);
    const isOver =
      unchangedSamples > pauseSeconds * speechRate ||
      heard.endings.some(({ type }) => type === "end-of-utterance");
    if (text !== "" && isOver) await settle();
  }
  await settle();
}

async function* inPieces(sound: AsyncIterable<Int16Array>): AsyncGenerator<Int16Array> {
  const slicer = new FrameSlicer(pieceSamples);
  for await (const samples of sound) yield* slicer.push(samples);
  const left = slicer.pending;
  const last = slicer.flush();
  if (last !== null) yield last.subarray(0, left);
}
