import type { Checkpoint } from "../checkpoint/checkpoint";
import { ModelError } from "../errors";
import type { DecoderShape } from "../graphs/decoder-joint";
import type { EncoderShape } from "../graphs/encoder-shape";
import { readEncoderConfig } from "./encoder-config";
import { parseConfig } from "./parse-config";
import { transducerSchema, type TransducerSection } from "./transducer-schema";

/** The relevant part of a transducer checkpoint's configuration, validated. */
export type TransducerConfig = {
  normalization: "none" | "per-feature";
  encoder: EncoderShape;
  decoder: DecoderShape;
  /** Encoder frames of each duration output; null for RNN-T. */
  durations: readonly number[] | null;
  hasCtcHead: boolean;
  /** Index in the one-hot prompt of each language; null for models without a prompt. */
  languages: Readonly<Record<string, number>> | null;
  /** Pieces by id, without the blank. */
  vocabulary: readonly string[];
  /** Name of the tokenizer's member in the checkpoint. */
  tokenizerModel: string;
};

/**
 * Reads a configuration, and refuses values that the graphs do not support.
 *
 * @throws ModelError `unsupported` or `mismatch`, naming every offending field with its value
 */
export function readTransducerConfig({
  file,
  config,
}: Pick<Checkpoint, "file" | "config">): TransducerConfig {
  const section = parseConfig({ file, config }, transducerSchema);
  const prompt = promptOf(section);
  const { encoder, problems } = readEncoderConfig(section.encoder, prompt?.count ?? null);
  const durations = durationsOf(section);
  problems.push(...disagreements(section, durations), ...promptProblems(prompt));
  if (problems.length > 0) {
    throw new ModelError("mismatch", `${file}, model_config.yaml: ${problems.join("; ")}`);
  }
  const { jointnet, vocabulary } = section.joint;
  return {
    normalization: section.preprocessor.normalize === "per_feature" ? "per-feature" : "none",
    encoder,
    decoder: {
      encoderWidth: encoder.width,
      vocabularySize: vocabulary.length,
      predictorLayers: section.decoder.prednet.pred_rnn_layers,
      predictorWidth: section.decoder.prednet.pred_hidden,
      jointWidth: jointnet.joint_hidden,
      durations: durations?.length ?? 0,
      jointOutputIndex: (jointnet.dropout ?? 0) > 0 ? 2 : 1,
    },
    durations,
    hasCtcHead: section.aux_ctc != null,
    languages: prompt?.languages ?? null,
    vocabulary,
    tokenizerModel: section.tokenizer.model_path,
  };
}

function durationsOf({ decoding, model_defaults, joint }: TransducerSection) {
  if (joint.num_extra_outputs === 0) return null;
  const lists = [decoding?.durations, model_defaults?.tdt_durations];
  return lists.find((list) => list != null && list.length > 0) ?? [];
}

type Prompt = { count: number; languages: Readonly<Record<string, number>> };

/** The prompt of a `…WithPrompt` class that has it enabled; NeMo ignores other settings. */
function promptOf({ target, model_defaults: defaults }: TransducerSection): Prompt | null {
  const isPrompted = target?.endsWith("WithPrompt") === true;
  if (!isPrompted || defaults?.initialize_prompt_feature !== true) return null;
  return { count: defaults.num_prompts, languages: defaults.prompt_dictionary ?? {} };
}

function promptProblems(prompt: Prompt | null): string[] {
  if (prompt === null) return [];
  const { count, languages } = prompt;
  const places = Object.entries(languages);
  if (places.length === 0) return ["model_defaults.prompt_dictionary names no language"];
  return places
    .filter(([, place]) => place >= count)
    .map(([name, place]) => {
      return `model_defaults.prompt_dictionary.${name} is ${place} and num_prompts is ${count}`;
    });
}

/** Fields of different sections that should be equal and are not. */
function disagreements(
  { preprocessor, encoder, decoder, joint, aux_ctc }: TransducerSection,
  durations: readonly number[] | null,
): string[] {
  const pairs: [string, number, string, number][] = [
    ["preprocessor.features", preprocessor.features, "encoder.feat_in", encoder.feat_in],
    ["joint.jointnet.encoder_hidden", joint.jointnet.encoder_hidden, "d_model", encoder.d_model],
    [
      "joint.jointnet.pred_hidden",
      joint.jointnet.pred_hidden,
      "decoder.prednet.pred_hidden",
      decoder.prednet.pred_hidden,
    ],
    ["joint.num_classes", joint.num_classes, "decoder.vocab_size", decoder.vocab_size],
    ["joint.num_classes", joint.num_classes, "joint.vocabulary.length", joint.vocabulary.length],
    [
      "joint.num_extra_outputs",
      joint.num_extra_outputs,
      "decoding.durations.length",
      durations?.length ?? 0,
    ],
  ];
  if (aux_ctc != null) {
    const { feat_in, num_classes } = aux_ctc.decoder;
    pairs.push(["aux_ctc.decoder.feat_in", feat_in, "encoder.d_model", encoder.d_model]);
    pairs.push([
      "aux_ctc.decoder.num_classes",
      num_classes,
      "joint.num_classes",
      joint.num_classes,
    ]);
  }
  return pairs
    .filter(([, first, , second]) => first !== second)
    .map(([firstName, first, secondName, second]) => {
      return `${firstName} is ${first} and ${secondName} is ${second}`;
    });
}
