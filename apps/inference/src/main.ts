/** The composition root: the only file that names concrete models. */
import { availableParallelism } from "node:os";
import { findModelsDirectory } from "@parley/models/find-models-directory";
import { registry } from "@parley/models/registry/registry";
import { resolveModel } from "@parley/models/resolve-model";
import { resolveVoice } from "@parley/models/resolve-voice";
import { systemClock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import type { AgentRecognizerSettings } from "@parley/speech/engines/agent-recognizer";
import type { VoiceChoice } from "@parley/speech/engines/agent-synthesizer";
import { openSpeechEngines, type SpeechEngines } from "@parley/speech/engines/speech-engines";
import { SwitchableRecognizer } from "@parley/speech/engines/switchable-recognizer";
import type { RemoteSettings } from "@parley/speech/remote/remote-settings";
import { flushDenormals } from "@parley/speech/runtime/flush-denormals";
import type { ChatModel } from "./contracts/chat-model";
import type { ModelAdministration } from "./contracts/model-administration";
import { RecognizerInCharge } from "./operator/recognizer-in-charge";
import { builtinRecognizer, shippedModels } from "./operator/shipped-models";
import type { Environment } from "./environment";
import { environmentOrExit } from "./environment-or-exit";
import { OpenAiCompatibleModel } from "./llm/openai-compatible-model";
import { ScriptedBrain } from "./llm/scripted-brain/scripted-brain";
import { createLog } from "./create-log";
import { hubWork } from "./operator/hub-work";
import { ModelManager } from "./operator/model-manager";
import { RecognizerChoice } from "./operator/recognizer-choice";
import { AgentServer } from "./server/agent-server";
import type { SessionEngines } from "./session/engines";
import { defaultSessionSettings } from "./session/settings";
import { TranscriptTurnDetector } from "./turn/transcript-turn-detector";

const environment = environmentOrExit(process.env);
const log = createLog(environment.LOG_LEVEL, environment.LOG_FORMAT);
const shutdown = new AbortController();
/** Replies that Magpie speaks at once; more are told that it is busy. */
const maxVoiceStreams = 8;

let speech: SpeechEngines | null = null;
let engines: SessionEngines | null = null;
let recognizer: SwitchableRecognizer | null = null;
let charge: RecognizerInCharge | null = null;
let desk: ModelAdministration | null = null;
const choice = new RecognizerChoice(environment.PARLEY_DATA);

const server = new AgentServer({
  engines: () => engines,
  isDemonstration: () => charge?.name === builtinRecognizer,
  modelAdministration: () => desk,
  maxSessions: environment.MAX_SESSIONS,
  defaultVoice: environment.AGENT_VOICE ?? "",
  clock: systemClock,
  settings: {
    ...defaultSessionSettings,
    sentencePauseMs: environment.SENTENCE_PAUSE_MS,
    shortestWaitMs: environment.SHORTEST_WAIT_MS,
    longestWaitMs: Math.max(environment.SHORTEST_WAIT_MS, environment.LONGEST_WAIT_MS),
  },
  log,
});

function openChatModel(environment: Environment): ChatModel {
  const { LLM_BASE_URL, LLM_MODEL, LLM_API_KEY, LLM_EXTRA_BODY } = environment;
  if (LLM_BASE_URL === undefined) {
    const timeZone = environment.TZ ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    return new ScriptedBrain({ clock: systemClock, timeZone });
  }
  return new OpenAiCompatibleModel({
    baseUrl: LLM_BASE_URL,
    model: LLM_MODEL,
    apiKey: LLM_API_KEY ?? null,
    extraBody: LLM_EXTRA_BODY ?? {},
    clock: systemClock,
  });
}

function recognizerSettings(): Omit<AgentRecognizerSettings, "model"> {
  const { RECOGNIZER_PROVIDERS, RECOGNIZER_THREADS, RIGHT_CONTEXT } = environment;
  return {
    providers: RECOGNIZER_PROVIDERS,
    threads: RECOGNIZER_THREADS ?? Math.max(1, Math.min(2, Math.floor(availableParallelism() / 4))),
    rightContext: RIGHT_CONTEXT ?? null,
  };
}

/** The one that the operator named, or chose on the page, or the one that comes with Parley. */
async function firstRecognizer(): Promise<{ name: string; directory: string }> {
  const { signal } = shutdown;
  const named = environment.RECOGNIZER_MODEL;
  if (named !== undefined) return { name: named, directory: await resolveModel(named, { signal }) };
  const chosen = (await choice.read()) ?? builtinRecognizer;
  try {
    return { name: chosen, directory: await resolveModel(chosen, { signal }) };
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ model: chosen, reason: errorMessage(error) }, "the chosen recogniser is not here");
    const directory = await resolveModel(builtinRecognizer, { signal });
    return { name: builtinRecognizer, directory };
  }
}

/** Another machine's, a model's, or the voice that comes with Parley. */
async function chooseVoice(): Promise<VoiceChoice> {
  const { SYNTHESIZER_URL, SYNTHESIZER_MODEL, SYNTHESIZER_CODEC } = environment;
  if (SYNTHESIZER_URL !== undefined) {
    const settings: RemoteSettings = {
      url: new URL(SYNTHESIZER_URL),
      apiKey: environment.SYNTHESIZER_API_KEY ?? null,
      model: environment.SYNTHESIZER_REMOTE_MODEL,
      format: environment.SYNTHESIZER_REMOTE_FORMAT,
      voices: environment.SYNTHESIZER_REMOTE_VOICES ?? null,
      clock: systemClock,
    };
    log.info({ host: settings.url.host }, "asking the voice's machine");
    return { type: "remote", settings };
  }
  if (SYNTHESIZER_MODEL === undefined) return { type: "flite" };
  const { signal } = shutdown;
  const folders = await resolveVoice(SYNTHESIZER_MODEL, SYNTHESIZER_CODEC ?? null, { signal });
  const settings = {
    ...folders,
    threads: Math.max(1, Math.floor(availableParallelism() / 2)),
    providers: environment.RECOGNIZER_PROVIDERS,
    maxStreams: maxVoiceStreams,
  };
  return { type: "magpie", settings };
}

function openDesk(charge: RecognizerInCharge, voice: VoiceChoice): ModelAdministration {
  const common = { entries: registry, environment: process.env, clock: systemClock };
  const work = hubWork({
    ...common,
    switchRecognizer: (name, directory, signal) => charge.switchTo(name, directory, signal),
  });
  const activeRecognizer = () => charge.name;
  const shipped = shippedModels(voice);
  return new ModelManager({ ...common, shipped, activeRecognizer, work, log });
}

async function start(): Promise<void> {
  // Listening comes first, so that `/health` answers while the models load.
  const port = await server.listen({
    host: environment.INFERENCE_HOST,
    port: environment.INFERENCE_PORT,
  });
  log.info({ port }, "listening");
  // Before any engine's thread: it reaches only those that are started afterwards.
  await flushDenormals();
  const first = await firstRecognizer();
  const voice = await chooseVoice();
  speech = await openSpeechEngines({
    modelsDirectory: findModelsDirectory(process.env),
    recognizer: { ...recognizerSettings(), model: first.directory },
    voice,
    signal: shutdown.signal,
  });
  const { AGENT_VOICE } = environment;
  if (AGENT_VOICE !== undefined && !speech.synthesizer.voices.includes(AGENT_VOICE)) {
    const { name, voices } = speech.synthesizer;
    throw new Error(`AGENT_VOICE ${AGENT_VOICE}: ${name} has ${voices.join(", ")}`);
  }
  for (const remark of speech.remarks) log.warn({ remark }, "recogniser");
  const { voiceActivityDetector, synthesizer } = speech;
  recognizer = new SwitchableRecognizer(speech.recognizer);
  const { name } = first;
  charge = new RecognizerInCharge({ recognizer, name, settings: recognizerSettings(), choice });
  desk = openDesk(charge, voice);
  const chatModel = openChatModel(environment);
  const turnDetector = new TranscriptTurnDetector();
  engines = { recognizer, voiceActivityDetector, synthesizer, chatModel, turnDetector };
  const names = { recognizer: recognizer.name, synthesizer: synthesizer.name };
  log.info({ ...names, chatModel: chatModel.name }, "ready");
}

async function stop(exitCode: number): Promise<void> {
  if (shutdown.signal.aborted) return;
  shutdown.abort();
  engines = null;
  await server.close();
  await desk?.close();
  await recognizer?.close();
  await speech?.close();
  process.exitCode = exitCode;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    log.info({ signal }, "shutting down");
    void stop(0);
  });
}

start().catch((error: unknown) => {
  if (shutdown.signal.aborted) return;
  log.fatal({ reason: errorMessage(error) }, "start failed");
  void stop(1);
});
