import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { loadTensors, tensorOf, type RecordedTensor } from "../../testing/audio-tensors";
import type { DecoderStep, EncodedFrames, TransducerDecoder } from "../model/asr-model";
import { BoostingTree } from "../../recognition/boosting/boosting-tree";
import { GreedyTransducerSearch, type DecodedToken } from "./greedy-search";

/** NeMo's results: a few in the repository, and the full set where it lies beside it. */
const sets = ["../fixtures/decoding/", "../../../../../../shared/fixtures/asr/models/"];
const models = [
  { name: "nemotron-like", graph: "onnx/R13", durations: null },
  { name: "parakeet-rnnt-like-tt", graph: "onnx/offline", durations: null },
  { name: "parakeet-tdt-like", graph: "onnx/offline", durations: [0, 1, 2, 3, 4] },
];

const integers = z.array(z.number().int());
const recordedSchema = z.object({ ids: integers, timestamps: integers });
const offlineSchema = z.record(
  z.string(),
  recordedSchema.extend({
    durations: integers.optional(),
    token_confidence: z.array(z.number()),
    encoded_length: z.number(),
  }),
);
const streamSchema = z.object({
  streams: z.record(
    z.string(),
    recordedSchema.extend({
      steps: z.array(z.object({ encoded_len: z.number(), new_ids: integers })),
    }),
  ),
});
const bufferedSchema = z.record(
  z.string(),
  z.object({
    streams: z.record(
      z.string(),
      recordedSchema.extend({
        chunks: z.array(
          z.object({
            chunk_frames: z.number(),
            new_ids: integers,
            time_jump: z.number().nullish(),
          }),
        ),
      }),
    ),
  }),
);
const boostSchema = z.object({
  phrase_ids: z.array(integers),
  alphas: z.record(
    z.string(),
    z.record(z.string(), recordedSchema.extend({ min_gap: z.number() })),
  ),
});

/** A decoder_joint as NeMo exports it, with frames on the last axis. */
class ExportedDecoder implements TransducerDecoder {
  readonly maxBatch = 5;
  readonly shape;
  readonly #session: InferenceSession;

  static async open(path: URL): Promise<ExportedDecoder> {
    return new ExportedDecoder(
      await InferenceSession.create(fileURLToPath(path), {
        intraOpNumThreads: 1,
        logSeverityLevel: 3,
      }),
    );
  }

  private constructor(session: InferenceSession) {
    this.#session = session;
    const axis = (list: readonly InferenceSession.ValueMetadata[], name: string, index: number) => {
      const value = list.find((other) => other.name === name);
      return Number(value?.isTensor === true ? value.shape[index] : NaN);
    };
    this.shape = {
      encoderWidth: axis(session.inputMetadata, "encoder_outputs", 1),
      predictorLayers: axis(session.inputMetadata, "input_states_1", 0),
      predictorWidth: axis(session.inputMetadata, "input_states_1", 2),
      outputs: axis(session.outputMetadata, "outputs", 3),
    };
  }

  async run({ batch, frames, encoded, lastTokens, hidden, cell }: DecoderStep) {
    const { encoderWidth: width, predictorLayers, predictorWidth } = this.shape;
    const turned = new Float32Array(encoded.length);
    encoded.forEach((value, at) => {
      const [row, rest] = [Math.floor(at / (frames * width)), at % (frames * width)];
      turned[(row * width + (rest % width)) * frames + Math.floor(rest / width)] = value;
    });
    const stateDims = [predictorLayers, batch, predictorWidth];
    const results = await this.#session.run({
      encoder_outputs: new Tensor("float32", turned, [batch, width, frames]),
      targets: new Tensor("int32", lastTokens, [batch, 1]),
      target_length: new Tensor("int32", new Int32Array(batch).fill(1), [batch]),
      input_states_1: new Tensor("float32", hidden, stateDims),
      input_states_2: new Tensor("float32", cell, stateDims),
    });
    const floats = (name: string) => results[name]!.data as Float32Array;
    return {
      logits: floats("outputs"),
      hidden: floats("output_states_1"),
      cell: floats("output_states_2"),
    };
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

function cut({ data, shape }: RecordedTensor, from: number, frames: number): EncodedFrames {
  const width = shape[1]!;
  return { data: data.subarray(from * width, (from + frames) * width), frames };
}

/** Decodes block after block with the state carried over; frames count from the first block. */
async function decodeBlocks(
  search: GreedyTransducerSearch,
  encoded: RecordedTensor,
  counts: readonly number[],
) {
  const blocks: { tokens: DecodedToken[]; skip: number }[] = [];
  let state = search.start();
  let from = 0;
  for (const count of counts) {
    const item = { state, encoded: cut(encoded, from, count), booster: null };
    const [result] = await search.decode([item]);
    state = result!.state;
    const tokens = result!.tokens.map((token) => ({ ...token, frame: token.frame + from }));
    expect(result!.tokens.every(({ frame }) => frame < count)).toBe(true);
    blocks.push({ tokens, skip: state.skip });
    from += count;
  }
  return blocks;
}

const idsOf = (tokens: readonly DecodedToken[]) => tokens.map(({ id }) => id);
const framesOf = (tokens: readonly DecodedToken[]) => tokens.map(({ frame }) => frame);
const placesOf = (tokens: readonly DecodedToken[]) =>
  tokens.map(({ id, frame, duration }) => [id, frame, duration]);

for (const set of sets) {
  for (const { name, graph, durations } of models) {
    const folder = new URL(`${set}${name}/`, import.meta.url);
    const file = (path: string) => new URL(path, folder);
    const read = <T>(path: string, schema: z.ZodType<T>): T =>
      schema.parse(JSON.parse(readFileSync(file(path), "utf8")));

    describe.skipIf(!existsSync(folder))(`${name} of ${set}`, () => {
      let decoder: ExportedDecoder;
      let search: GreedyTransducerSearch;

      beforeAll(async () => {
        decoder = await ExportedDecoder.open(file(`${graph}/decoder_joint-model.onnx`));
        const blank = decoder.shape.outputs - 1 - (durations?.length ?? 0);
        search = new GreedyTransducerSearch({ decoder, blank, durations });
      });
      afterAll(() => decoder.release());

      it("finds NeMo's tokens, frames, durations and confidences, alone, in a batch and in pieces", async () => {
        const recorded = Object.entries(read("offline.json", offlineSchema));
        const tensors = loadTensors(file("offline.safetensors"));
        const encodedOf = (key: string) => tensorOf(tensors, `${key}.encoded`);
        const batch = await search.decode(
          recorded.map(([key, { encoded_length: frames }]) => ({
            state: search.start(),
            encoded: cut(encodedOf(key), 0, frames),
            booster: null,
          })),
        );
        for (const [index, [key, expected]] of recorded.entries()) {
          const frames = expected.encoded_length;
          const [whole] = await decodeBlocks(search, encodedOf(key), [frames]);
          const { tokens } = whole!;
          expect(idsOf(tokens), key).toEqual(expected.ids);
          expect(framesOf(tokens), key).toEqual(expected.timestamps);
          const spans = durations === null ? expected.ids.map(() => 1) : expected.durations;
          expect(tokens.map(({ duration }) => duration)).toEqual(spans);
          for (const [at, { confidence, probability }] of tokens.entries()) {
            const reference = expected.token_confidence[at]!;
            expect(Math.abs(confidence / reference - 1), `${key} ${at}`).toBeLessThan(1e-3);
            expect(probability).toBeGreaterThan(0);
          }
          expect(placesOf(batch[index]!.tokens)).toEqual(placesOf(tokens));
          for (const sizes of [[1], [3], [14], [5, 1, 7, 2, 40]]) {
            const counts: number[] = [];
            for (let from = 0; from < frames; from += counts.at(-1)!) {
              counts.push(Math.min(sizes[counts.length % sizes.length]!, frames - from));
            }
            const pieces = await decodeBlocks(search, encodedOf(key), counts);
            expect(placesOf(pieces.flatMap((piece) => piece.tokens))).toEqual(placesOf(tokens));
          }
        }
      });

      it.each([13, 6, 1, 0].filter((right) => existsSync(file(`stream_R${right}.json`))))(
        "finds NeMo's tokens step by step for R = %i",
        async (right) => {
          const { streams } = read(`stream_R${right}.json`, streamSchema);
          const tensors = loadTensors(file(`stream_R${right}.safetensors`));
          for (const [key, { steps, ids, timestamps }] of Object.entries(streams)) {
            const counts = steps.map((step) => step.encoded_len);
            const blocks = await decodeBlocks(search, tensorOf(tensors, `${key}.encoded`), counts);
            expect(blocks.map(({ tokens }) => idsOf(tokens))).toEqual(steps.map((s) => s.new_ids));
            const tokens = blocks.flatMap((block) => block.tokens);
            expect([idsOf(tokens), framesOf(tokens)]).toEqual([ids, timestamps]);
          }
        },
      );

      it.runIf(existsSync(file("buffered.json")))(
        "finds NeMo's tokens and jumps in buffered streaming",
        async () => {
          const tensors = loadTensors(file("buffered.safetensors"));
          for (const [setting, { streams }] of Object.entries(
            read("buffered.json", bufferedSchema),
          )) {
            for (const [key, { chunks, ids, timestamps }] of Object.entries(streams)) {
              const encoded = tensors.get(`${setting}.${key}.encoded`);
              if (encoded === undefined) continue;
              const counts = chunks.map((chunk) => chunk.chunk_frames);
              const blocks = await decodeBlocks(search, encoded, counts);
              expect(blocks.map(({ skip }) => skip)).toEqual(chunks.map((c) => c.time_jump ?? 0));
              expect(blocks.map((b) => idsOf(b.tokens))).toEqual(chunks.map((c) => c.new_ids));
              const tokens = blocks.flatMap((block) => block.tokens);
              expect([idsOf(tokens), framesOf(tokens)]).toEqual([ids, timestamps]);
            }
          }
        },
      );

      it("finds NeMo's tokens with phrases preferred", async () => {
        const { phrase_ids: phrases, alphas } = read("boost.json", boostSchema);
        const tensors = loadTensors(file("offline.safetensors"));
        const lengths = read("offline.json", offlineSchema);
        for (const [alpha, recorded] of Object.entries(alphas)) {
          const entries = Object.entries(recorded).filter(([, { min_gap: gap }]) => gap >= 1e-3);
          const results = await search.decode(
            entries.map(([key]) => ({
              state: search.start(),
              encoded: cut(tensorOf(tensors, `${key}.encoded`), 0, lengths[key]!.encoded_length),
              booster: new BoostingTree(phrases, Number(alpha)),
            })),
          );
          for (const [index, [key, { ids, timestamps }]] of entries.entries()) {
            const { tokens } = results[index]!;
            expect([idsOf(tokens), framesOf(tokens)], key).toEqual([ids, timestamps]);
          }
        }
      });
    });
  }
}
