/** The composition root: the only file that names concrete models. */
import { availableParallelism } from "node:os";
import { systemClock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import type { ChatModel } from "./contracts/chat-model";
import { openSpeechEngines, type SpeechEngines } from "./engine/speech-engines";
import { readEnvironment, type Environment } from "./environment";
import { OpenAiCompatibleModel } from "./llm/openai-compatible-model";
import { ScriptedBrain } from "./llm/scripted-brain/scripted-brain";
import { createLog } from "./logging/create-log";
import { findModelsDirectory } from "./runtime/models-directory";
import { AgentServer } from "./server/agent-server";
import type { SessionEngines } from "./session/engines";
import { defaultSessionSettings } from "./session/settings";
import { TranscriptTurnDetector } from "./turn/transcript-turn-detector";

const environment = readEnvironment(process.env);
const log = createLog(environment.LOG_LEVEL, environment.LOG_FORMAT);
const shutdown = new AbortController();

let speech: SpeechEngines | null = null;
let engines: SessionEngines | null = null;

const server = new AgentServer({
  engines: () => engines,
  maxSessions: environment.MAX_SESSIONS,
  defaultVoice: environment.AGENT_VOICE,
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

async function start(): Promise<void> {
  // Listening comes first, so that `/health` answers while the models load.
  const port = await server.listen({
    host: environment.INFERENCE_HOST,
    port: environment.INFERENCE_PORT,
  });
  log.info({ port }, "listening");
  speech = await openSpeechEngines({
    modelsDirectory: findModelsDirectory(process.env),
    rightContext: environment.RIGHT_CONTEXT,
    threads: Math.max(1, Math.min(2, Math.floor(availableParallelism() / 4))),
    signal: shutdown.signal,
  });
  if (!speech.synthesizer.voices.includes(environment.AGENT_VOICE)) {
    throw new Error(`no voice ${environment.AGENT_VOICE}; see AGENT_VOICE`);
  }
  const { recognizer, voiceActivityDetector, synthesizer } = speech;
  const chatModel = openChatModel(environment);
  const turnDetector = new TranscriptTurnDetector();
  engines = { recognizer, voiceActivityDetector, synthesizer, chatModel, turnDetector };
  log.info({ recognizer: recognizer.name, chatModel: chatModel.name }, "ready");
}

async function stop(exitCode: number): Promise<void> {
  if (shutdown.signal.aborted) return;
  shutdown.abort();
  engines = null;
  await server.close();
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
