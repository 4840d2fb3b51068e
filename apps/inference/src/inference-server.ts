import { packageVersion } from "@parley/api-document/package-version";
import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import { reachableAddress } from "@parley/fleet/reachable-address";
import { systemClock } from "@parley/shared/async/clock";
import type { InferenceLog } from "./composition/inference-log";
import { loadModels, type LoadedModels } from "./composition/load-models";
import type { Environment } from "./environment";
import { isDemonstrationRecognizer } from "./operator/shipped-models";
import { WorkerRegistration } from "./registration/worker-registration";
import { AgentServer } from "./server/agent-server";
import type { SpeechModelNames } from "./server/openai-models";
import { startTracing } from "@parley/telemetry/tracing/start-tracing";
import { tracingSettings } from "@parley/telemetry/tracing/tracing-settings";
import type { SessionEngines } from "./session/engines";
import { openTelemetry } from "./telemetry/inference-telemetry";
import { openToolSets } from "./composition/open-tool-sets";
import type { OpenTools } from "./tools/open-tools";
import { turnsBySilence } from "./session/turns-by-silence";
import { defaultSessionSettings, type SessionSettings } from "./session/settings";

export type InferenceServer = {
  /** The TCP port of agent links and speech endpoints. */
  port: number;
  /**
   * Takes no more rooms, lets replies end for as long as the settings allow, and closes sockets,
   * sessions and engines, in that order. Idempotent.
   */
  close(): Promise<void>;
  /** Nobody is waited for any longer. */
  hurry(): void;
};

/**
 * Puts the parts together. The port is open, and `/health` answers, while the models load; the
 * promise resolves once rooms can be served.
 *
 * @param signal aborting it ends the start, which then rejects with its reason
 */
export async function startInference(
  environment: Environment,
  log: InferenceLog,
  signal: AbortSignal,
): Promise<InferenceServer> {
  let models: LoadedModels | null = null;
  let registration: WorkerRegistration | null = null;
  const version = packageVersion(new URL("../package.json", import.meta.url));
  let engines: SessionEngines | null = null;
  const tracing = await startTracing({
    service: "parley-inference",
    ...tracingSettings(environment),
    clock: systemClock,
    warn: (details, message) => {
      log.warn(details, message);
    },
  });
  const telemetry = openTelemetry({
    clock: systemClock,
    tracing,
    log,
    metricsKey: environment.METRICS_KEY ?? null,
  });
  let tools: OpenTools | null = null;
  const server = new AgentServer({
    engines: () => engines,
    isDemonstration: () => isDemonstrationRecognizer(models?.activeRecognizer.name ?? ""),
    modelAdministration: () => models?.modelAdministration ?? null,
    modelNames: () => (models === null ? null : namesOf(models)),
    maxSessions: environment.MAX_SESSIONS,
    workerId: randomUUID(),
    version,
    linkKey: environment.INFERENCE_KEY ?? null,
    pageOrigins: environment.INFERENCE_ORIGINS ?? [],
    defaultVoice: environment.AGENT_VOICE ?? "",
    clock: systemClock,
    settings: sessionSettings(environment),
    observeSession: telemetry.observeSession,
    ...(telemetry.observeDoors === null ? {} : { observeDoors: telemetry.observeDoors }),
    routes: [telemetry.route],
    log,
  });
  let closing: Promise<void> | null = null;
  const hurrying = new AbortController();
  const close = async () => {
    const limitMs = environment.DRAIN_SECONDS * 1_000;
    if (limitMs === 0) hurrying.abort();
    const cancel = systemClock.schedule(limitMs, () => {
      hurrying.abort();
    });
    server.drain();
    // Media-servers know that it leaves before its links close.
    await registration?.close();
    await server.sendAway(hurrying.signal);
    cancel();
    await server.close();
    await Promise.all([models?.close(), tools?.close()]);
    await tracing?.close();
  };
  try {
    const { INFERENCE_HOST: host, INFERENCE_PORT } = environment;
    const port = await server.listen({ host, port: INFERENCE_PORT });
    log.info({ port }, "listening");
    registration = register(environment, { server, port, version, log });
    tools = await openToolSets(environment, log);
    models = await loadModels(environment, { toolSets: tools.sets, log, signal });
    engines = telemetry.measure(models.engines);
    void registration?.announce();
    const { recognizer, synthesizer, chatModel } = models.engines;
    const names = { recognizer: recognizer.name, synthesizer: synthesizer.name };
    log.info({ ...names, chatModel: chatModel.name }, "ready");
    const hurry = () => {
      hurrying.abort();
    };
    return { port, hurry, close: () => (closing ??= close()) };
  } catch (error) {
    await close();
    signal.throwIfAborted();
    throw error;
  }
}

/** Enters this worker into NATS, where the settings name it. */
function register(
  { NATS_URL: servers, INFERENCE_ADDRESS, INFERENCE_HOST }: Environment,
  worker: { server: AgentServer; port: number; version: string; log: InferenceLog },
): WorkerRegistration | null {
  if (servers === undefined) return null;
  const { server, port, version, log } = worker;
  const url = INFERENCE_ADDRESS ?? reachableAddress("ws", INFERENCE_HOST, port);
  log.info({ url }, "entering into NATS");
  const card = () => server.card();
  return new WorkerRegistration({ servers, url, card, version, clock: systemClock, log });
}

const laterClausesBy = { stream: "fast-start", adaptive: "batch" } as const;

function sessionSettings(environment: Environment): SessionSettings {
  const { SENTENCE_PAUSE_MS, SHORTEST_WAIT_MS, LONGEST_WAIT_MS } = environment;
  const replies = {
    isSpeculating: environment.SPECULATION === "on",
    sentencePauseMs: SENTENCE_PAUSE_MS,
    laterClauses: laterClausesBy[environment.SPEECH],
    ...historyLimits(environment),
  };
  if (environment.TURNS === "silence") {
    return { ...defaultSessionSettings, ...replies, ...turnsBySilence };
  }
  const within = (ms: number) => Math.max(SHORTEST_WAIT_MS, Math.min(ms, LONGEST_WAIT_MS));
  return {
    ...defaultSessionSettings,
    ...replies,
    shortestWaitMs: SHORTEST_WAIT_MS,
    statementWaitMs: within(defaultSessionSettings.statementWaitMs),
    unsureWaitMs: within(defaultSessionSettings.unsureWaitMs),
    nudgedWaitMs: environment.NUDGED_WAIT_MS,
    longestWaitMs: Math.max(SHORTEST_WAIT_MS, LONGEST_WAIT_MS),
  };
}

/** Where tokens are limited, nothing else of a conversation is. */
function historyLimits({ LLM_PROMPT_TOKENS }: Environment): Partial<SessionSettings> {
  if (LLM_PROMPT_TOKENS === undefined) return {};
  return {
    maxPromptTokens: LLM_PROMPT_TOKENS,
    maxHistoryLines: Infinity,
    maxHistoryCharacters: Infinity,
  };
}

/** A model that the settings name by its folder is listed by the folder's name. */
function namesOf({ activeRecognizer, activeVoice }: LoadedModels): SpeechModelNames {
  return { recognizer: basename(activeRecognizer.name), synthesizer: basename(activeVoice.name) };
}
