import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deferred } from "@parley/nemo-onnx/onnx/deferred-model";
import { GraphBuilder } from "@parley/nemo-onnx/onnx/graph-builder";
import { writeModel } from "@parley/nemo-onnx/onnx/write-model";

/** The lexicon and the letter-to-sound model that ship with Parley. */
export const shippedPronunciation = fileURLToPath(
  new URL("../../../../../models/english-pronunciation/", import.meta.url),
);

/** Samples of each phoneme. */
export const samplesPerPhoneme = 240;
/** Ids of what the lexicon holds. */
export const tinyVocabulary = Object.fromEntries(
  Array.from(
    ";:,.!?—…()“” ˈˌəɪɛæɑɔɜʊʌɒɐᵊᵻɹɡŋðθʃʒʤʧːTAIOQWYabdfhijklmnpstuvwz",
    (character, index) => [character, index + 1] as const,
  ),
);

/** A folder laid out as the publisher's, to be removed after the tests. */
export type TinyKokoro = { directory: string; remove(): Promise<void> };

/**
 * Writes a graph of Kokoro's signature: each phoneme is a tone as loud as its id, shifted by the
 * first number of the style, over the speed. Voices have a style of their own.
 */
export async function writeTinyKokoro(
  voices: readonly string[] = ["am_puck", "af_heart", "bf_emma", "zf_xiaoyi"],
): Promise<TinyKokoro> {
  const directory = await mkdtemp(join(tmpdir(), "parley-kokoro-"));
  await mkdir(join(directory, "onnx"));
  await mkdir(join(directory, "voices"));
  await writeModel(join(directory, "onnx/model.onnx"), {
    irVersion: 8,
    producer: "parley",
    operatorSets: { "": 17 },
    metadata: {},
    graph: tinyGraph(),
  });
  const tokenizer = { model: { vocab: { $: 0, ...tinyVocabulary } } };
  await writeFile(join(directory, "tokenizer.json"), JSON.stringify(tokenizer));
  for (const [index, voice] of voices.entries()) {
    const style = new Float32Array(510 * 256).fill(index + 1);
    await writeFile(join(directory, `voices/${voice}.bin`), new Uint8Array(style.buffer));
  }
  return { directory, remove: () => rm(directory, { recursive: true }) };
}

function tinyGraph() {
  const graph = new GraphBuilder();
  const ids = graph.input("input_ids", "int64", [1, "sequence_length"]);
  const style = graph.input("style", "float32", [1, 256]);
  const speed = graph.input("speed", "float32", [1]);
  const tone = Float32Array.from({ length: samplesPerPhoneme }, (_, at) => Math.sin(at / 4) / 256);
  const column = graph.transpose(graph.cast(ids, "float32"), [1, 0]);
  const shift = graph.divide(graph.slice(style, 1, 0, 1), graph.scalar(4));
  const isSound = graph.minimum(column, graph.scalar(1));
  const loudness = graph.add(column, graph.multiply(isSound, shift));
  const wave = graph.initializer(deferred("tone", tone, [1, samplesPerPhoneme]));
  const sound = graph.divide(graph.multiply(loudness, wave), speed);
  graph.output("waveform", graph.reshape(sound, [-1]), "float32", ["samples"]);
  return graph.build("tiny-kokoro");
}
