import type { ModelSummary } from "@parley/shared/protocol/models-api";
import type { RecognizerChoice } from "@parley/speech/engines/recognizer-choice";
import type { VoiceChoice } from "@parley/speech/engines/open-synthesizer";
import { plainSummary } from "./plain-summary";

/** The recogniser of a first start, by its name among the models: the ear for people. */
export const defaultRecognizer = "moonshine-tiny-en";
/** The small recogniser that was trained for this project, on synthetic voices. */
export const builtinRecognizer = "builtin";
export const builtinVoice = "flite";
/** The voice at `SYNTHESIZER_URL`. */
export const remoteVoice = "remote-voice";
/** The recogniser at `RECOGNIZER_URL`. */
export const remoteRecognizer = "remote-recognizer";
/** The brain by rules. */
export const scriptedBrain = "script";
/** The language model at `LLM_BASE_URL`. */
export const chatServerBrain = "chat-server";

/** What hears ends of turns without a model. */
export const wordsAndPauses = "words-and-pauses";

const earForPeople = plainSummary({
  name: defaultRecognizer,
  title: "Moonshine Tiny",
  job: "hear",
  purpose:
    "Hears people speak English, with punctuation. By Useful Sensors, not NVIDIA; Nemotron Speech hears better.",
  licence: "MIT",
  usage: "live",
});

const builtin = plainSummary({
  name: builtinRecognizer,
  title: "Built-in recogniser",
  job: "hear",
  purpose:
    "A demonstration ear: it learnt synthetic voices only and understands people badly. Its part is to tell Moonshine speech from noise.",
  licence: "Apache-2.0",
  usage: "live",
  isDemonstration: true,
});

const flite = plainSummary({
  name: builtinVoice,
  title: "Flite",
  job: "speak",
  purpose: "A plain, quick English voice.",
  licence: "BSD-like",
  usage: "live",
});

const script = plainSummary({
  name: scriptedBrain,
  title: "Built-in script",
  job: "think",
  purpose:
    "Knows the time, sums, a few stories and what it was told, by rules. For conversations, connect a language model.",
  licence: "Apache-2.0",
  usage: "live",
  isDemonstration: true,
});

const turns = plainSummary({
  name: wordsAndPauses,
  title: "Words and pauses",
  job: "take-turns",
  purpose:
    "Reads from the words, the melody, and from how long it is silent, whether somebody has finished.",
  licence: "Apache-2.0",
  usage: "live",
});

const recognizers = [earForPeople, builtin];

/** A recogniser to try Parley with, and not for conversations: rooms and pages say so. */
export function isDemonstrationRecognizer(name: string): boolean {
  return recognizers.some((model) => model.name === name && model.isDemonstration);
}

/** A chat server that answers. */
export type ChatServer = { url: string; model: string };

/** What Parley started with. */
export type FirstEngines = { recognizer: RecognizerChoice; voice: VoiceChoice };

/** What there is without a download: all that a first start works with, and other machines. */
export function shippedModels(
  { recognizer, voice }: FirstEngines,
  chatServer: ChatServer | null,
): readonly ModelSummary[] {
  const brain = chatServer === null ? script : connectedBrain(chatServer);
  const models = [...recognizers, flite, brain, turns];
  if (recognizer.type === "remote") models.push(farEar(recognizer.settings.url));
  if (voice.type === "remote") models.push(farVoice(voice.settings.url));
  return models;
}

function farEar({ host }: URL): ModelSummary {
  return plainSummary({
    name: remoteRecognizer,
    title: `Recogniser at ${host}`,
    job: "hear",
    purpose: "Hears on another machine, as RECOGNIZER_URL says.",
    usage: "live",
  });
}

function farVoice({ host }: URL): ModelSummary {
  return plainSummary({
    name: remoteVoice,
    title: `Voice at ${host}`,
    job: "speak",
    purpose: "Speaks on another machine, as SYNTHESIZER_URL says.",
    usage: "live",
  });
}

function connectedBrain({ url, model }: ChatServer): ModelSummary {
  const { host } = new URL(url);
  const isNamed = model !== "" && model !== "default";
  return plainSummary({
    name: chatServerBrain,
    title: isNamed ? model : "A language model",
    job: "think",
    purpose: `Answers at ${host}, as LLM_BASE_URL says.`,
  });
}
