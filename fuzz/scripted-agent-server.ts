import { systemClock } from "@parley/shared/async/clock";
import { AgentServer } from "@parley/inference/server/agent-server";
import { defaultSessionSettings } from "@parley/inference/session/settings";
import { ListedChatModel } from "@parley/inference/testing/listed-chat-model";
import { scriptedTurnDetector } from "@parley/inference/testing/scripted-turn-detector";
import {
  CharacterSynthesizer,
  soundActivity,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";

const silent = { info: () => undefined, warn: () => undefined };

/** Inference's server on a free port of loopback, with models that follow a script. */
export async function startScriptedAgentServer(): Promise<{ server: AgentServer; port: number }> {
  const engines = {
    voiceActivityDetector: soundActivity(),
    recognizer: wordRecognizer(new WordCode()),
    turnDetector: scriptedTurnDetector(),
    chatModel: new ListedChatModel(() => ["Very well."]),
    synthesizer: new CharacterSynthesizer(),
    toolSets: [],
  };
  const server = new AgentServer({
    workerId: "fuzzed",
    version: "0.0.0",
    engines: () => engines,
    isDemonstration: () => true,
    maxSessions: 64,
    linkKey: null,
    pageOrigins: [],
    defaultVoice: "plain",
    clock: systemClock,
    settings: defaultSessionSettings,
    log: silent,
  });
  const port = await server.listen({ host: "127.0.0.1", port: 0 });
  return { server, port };
}
