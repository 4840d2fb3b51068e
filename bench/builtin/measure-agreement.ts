import { z } from "zod";
import type { TransducerRecognizer } from "@parley/speech/transducer/recognizer/transducer-recognizer";
import { recognize } from "@parley/speech/testing/recognize";
import { runRecipe } from "./evaluation-audio/python";
import { samplesOf, type Recordings, type Utterance } from "./evaluation-audio/read-folders";
import { pieceSamples } from "./measure-words";

const utteranceCount = 100;

const heardSchema = z.record(z.string(), z.object({ ids: z.array(z.int()), text: z.string() }));

/** Utterances in which two engines found the same tokens. */
export type Agreement = { utterances: number; pytorch: number; onnx: number };

/**
 * Compares the product's tokens with those of two independent loops in Python: PyTorch with the
 * archive's weights, and onnxruntime with the graphs.
 *
 * @param python an interpreter with the training recipe's packages
 * @param folder of the model
 */
export async function measureAgreement(
  recognizer: TransducerRecognizer,
  recordings: readonly Recordings[],
  { python, folder }: { python: string; folder: string },
): Promise<Agreement> {
  const utterances = spread(recordings.flatMap((of) => of.utterances));
  const files = utterances.map(({ file }) => file);
  const ask = (model: string) =>
    heardSchema.parse(JSON.parse(runRecipe(python, ["recognise", "--model", model, ...files])));
  const pytorch = ask(`${folder}/builtin.nemo`);
  const onnx = ask(folder);
  const agreement: Agreement = { utterances: utterances.length, pytorch: 0, onnx: 0 };
  for (const utterance of utterances) {
    const { tokens } = await recognize(recognizer, samplesOf(utterance), [pieceSamples]);
    const ids = tokens.map(({ id }) => id).join();
    agreement.pytorch += pytorch[utterance.file]?.ids.join() === ids ? 1 : 0;
    agreement.onnx += onnx[utterance.file]?.ids.join() === ids ? 1 : 0;
  }
  return agreement;
}

/** Some of all voices and sets. */
function spread(utterances: readonly Utterance[]): Utterance[] {
  const step = Math.max(1, utterances.length / utteranceCount);
  const places = Array.from({ length: Math.min(utteranceCount, utterances.length) }, (_, place) =>
    Math.floor(place * step),
  );
  return places.flatMap((place) => utterances[place] ?? []);
}
