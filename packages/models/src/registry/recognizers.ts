import type { ModelEntry } from "./model-entry";

const nvidiaOpen = "NVIDIA Open Model License";
const creativeCommons = "CC-BY-4.0";

const checkpoint = {
  kind: "recognizer",
  format: "nemo",
  revision: "main",
  files: ["*.nemo"],
  aboutBytes: null,
  needs: [],
} as const;

const europeanLanguages = [
  ...["bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv"],
  ...["mt", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "uk"],
];

/** Chunk lengths of sherpa-onnx's exports of the streaming model; each graph has one. */
const sherpaChunks = ["80ms", "160ms", "560ms", "1120ms"] as const;

function sherpaExport(chunk: string, precision: "fp32" | "int8"): ModelEntry {
  const isInt8 = precision === "int8";
  const suffix = isInt8 ? "-int8" : "";
  return {
    name: `nemotron-streaming-en-${chunk}${suffix}-onnx`,
    title: `Nemotron Speech Streaming, ${chunk.replace("ms", " ms")}${isInt8 ? ", 8 bit" : ""}`,
    family: "nemotron-streaming-en",
    form: `chunks of ${chunk.replace("ms", " ms")}, ${isInt8 ? "8 bit" : "32 bit"}, ready to run`,
    kind: "recognizer",
    purpose: `live English with punctuation, chunks of ${chunk.replace("ms", " ms")}, ready to run`,
    languages: ["en"],
    format: "onnx",
    repository: `csukuangfj2/sherpa-onnx-nemotron-speech-streaming-en-0.6b-${chunk}${suffix}-2026-04-25`,
    revision: "main",
    files: isInt8
      ? ["encoder.int8.onnx", "decoder.int8.onnx", "joiner.int8.onnx", "tokens.txt"]
      : ["encoder.onnx", "encoder.data", "decoder.onnx", "joiner.onnx", "tokens.txt"],
    aboutBytes: isInt8 ? 660_000_000 : 2_510_000_000,
    licence: nvidiaOpen,
    needs: [],
    remarks: [
      "made from NVIDIA's checkpoint by a third party; the size is that of a similar model",
    ],
  };
}

function onnxAsrExport(version: "v2" | "v3"): ModelEntry {
  return {
    name: `parakeet-tdt-${version}-onnx`,
    title: `Parakeet TDT 0.6B ${version}, ready to run`,
    family: `parakeet-tdt-${version}`,
    form: "32 bit, ready to run",
    kind: "recognizer",
    purpose: `files and dictation, with durations, ${version === "v2" ? "English" : "25 European languages"}, ready to run`,
    languages: version === "v2" ? ["en"] : europeanLanguages,
    format: "onnx",
    repository: `istupakov/parakeet-tdt-0.6b-${version}-onnx`,
    revision: "main",
    files: [
      "encoder-model.onnx",
      "encoder-model.onnx.data",
      "decoder_joint-model.onnx",
      "vocab.txt",
      "config.json",
    ],
    aboutBytes: 2_400_000_000,
    licence: creativeCommons,
    needs: [],
    remarks: ["made from NVIDIA's checkpoint by a third party"],
  };
}

export const recognizers: readonly ModelEntry[] = [
  {
    ...checkpoint,
    name: "nemotron-streaming-en",
    title: "Nemotron Speech Streaming",
    purpose: "live English with punctuation; any chunk from 80 to 1120 ms",
    languages: ["en"],
    repository: "nvidia/nemotron-speech-streaming-en-0.6b",
    aboutBytes: 2_473_041_920,
    licence: nvidiaOpen,
    remarks: ["replaced in March 2026; January's is on branch nemotron-speech-streaming-jan2026"],
  },
  ...sherpaChunks.flatMap((chunk) => [sherpaExport(chunk, "fp32"), sherpaExport(chunk, "int8")]),
  {
    ...checkpoint,
    name: "nemotron-3.5-streaming",
    title: "Nemotron 3.5 Speech Streaming",
    purpose: "live speech in 40 languages and regions, with a language prompt",
    languages: [],
    repository: "nvidia/nemotron-3.5-asr-streaming-0.6b",
    aboutBytes: 2_368_284_501,
    licence: "OpenMDW-1.1",
    remarks: [],
  },
  {
    ...checkpoint,
    name: "parakeet-realtime-eou",
    title: "Parakeet Realtime EOU 120M",
    purpose: "live English, small; detects ends of utterances itself",
    languages: ["en"],
    repository: "nvidia/parakeet_realtime_eou_120m-v1",
    aboutBytes: 461_000_000,
    licence: nvidiaOpen,
    remarks: ["the size is what others report, 440 MiB"],
  },
  {
    ...checkpoint,
    name: "parakeet-rnnt-1.1b",
    title: "Parakeet RNN-T 1.1B",
    purpose: "files in English, lower case without punctuation",
    languages: ["en"],
    repository: "nvidia/parakeet-rnnt-1.1b",
    aboutBytes: 4_280_000_000,
    licence: null,
    remarks: [`its licence is believed to be ${creativeCommons}`],
  },
  {
    ...checkpoint,
    name: "parakeet-tdt-v2",
    title: "Parakeet TDT 0.6B v2",
    purpose: "files and dictation in English, with punctuation and durations",
    languages: ["en"],
    repository: "nvidia/parakeet-tdt-0.6b-v2",
    licence: creativeCommons,
    remarks: [],
  },
  {
    ...checkpoint,
    name: "parakeet-tdt-v3",
    title: "Parakeet TDT 0.6B v3",
    purpose: "files and dictation in 25 European languages",
    languages: europeanLanguages,
    repository: "nvidia/parakeet-tdt-0.6b-v3",
    aboutBytes: 2_509_000_000,
    licence: creativeCommons,
    remarks: [],
  },
  onnxAsrExport("v2"),
  onnxAsrExport("v3"),
];
