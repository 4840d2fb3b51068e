import { recognizer } from "@parley/settings/declarations/recognizer";
import { voice } from "@parley/settings/declarations/voice";
import { AppError } from "@parley/shared/errors";
import { type Finding, good, remark, wrong } from "../finding";
import type { CheckContext } from "../check-context";

/** Limit for an answer; a server that loads its model needs longer. */
const answerLimitMs = 20_000;

/** Whether the recogniser and the voice on other machines answer. */
export async function checkRemoteEngines(context: CheckContext): Promise<Finding[]> {
  const findings = await Promise.all([checkRecognizer(context), checkVoice(context)]);
  return findings.flat();
}

async function checkRecognizer(context: CheckContext): Promise<Finding[]> {
  const { environment, machine, clock } = context;
  const address = recognizer.RECOGNIZER_URL.schema.safeParse(environment.RECOGNIZER_URL);
  if (!address.success || address.data === undefined) return [];
  const settings = {
    url: new URL(address.data),
    apiKey: environment.RECOGNIZER_API_KEY ?? null,
    model: environment.RECOGNIZER_REMOTE_MODEL ?? "",
    language: environment.RECOGNIZER_REMOTE_LANGUAGE ?? null,
    clock,
  };
  const ask = (signal: AbortSignal) => machine.askRecognizer(settings, signal);
  return [await findingOf("RECOGNIZER_URL", ask, context)];
}

async function checkVoice(context: CheckContext): Promise<Finding[]> {
  const { environment, machine, clock } = context;
  const address = voice.SYNTHESIZER_URL.schema.safeParse(environment.SYNTHESIZER_URL);
  if (!address.success || address.data === undefined) return [];
  const settings = {
    url: new URL(address.data),
    apiKey: environment.SYNTHESIZER_API_KEY ?? null,
    model: environment.SYNTHESIZER_REMOTE_MODEL ?? "",
    format: "pcm" as const,
    voices: null,
    clock,
  };
  const ask = (signal: AbortSignal) => machine.askVoice(settings, signal);
  return [await findingOf("SYNTHESIZER_URL", ask, context)];
}

async function findingOf(
  name: string,
  ask: (signal: AbortSignal) => Promise<string>,
  { clock, signal }: CheckContext,
): Promise<Finding> {
  const limit = new AbortController();
  const cancel = clock.schedule(answerLimitMs, () => {
    limit.abort();
  });
  try {
    return good(name, `${await ask(AbortSignal.any([signal, limit.signal]))} answers`);
  } catch (error) {
    signal.throwIfAborted();
    if (limit.signal.aborted) {
      const message = `no answer within ${answerLimitMs / 1_000} s`;
      return remark(name, message, "it may be loading its model; look at its log");
    }
    if (!(error instanceof AppError)) throw error;
    const cure = "start that machine's server, or correct the address or the key";
    return wrong(name, error.message, cure);
  } finally {
    cancel();
  }
}
