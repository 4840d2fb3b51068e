import { once } from "node:events";
import { systemClock } from "@parley/shared/async/clock";
import { AgentServer } from "@parley/inference/server/agent-server";
import { defaultSessionSettings } from "@parley/inference/session/settings";
import { LinkClient } from "@parley/inference/testing/link-client";
import { ListedChatModel } from "@parley/inference/testing/listed-chat-model";
import { scriptedTurnDetector } from "@parley/inference/testing/scripted-turn-detector";
import {
  CharacterSynthesizer,
  soundActivity,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import fc from "fast-check";
import { WebSocket } from "ws";
import { fuzzTarget } from "../fuzz-target";
import { linkInputs, linkMessages } from "./agent-link";

const silent = { info: () => undefined, warn: () => undefined };

export const agentSocket = fuzzTarget({
  name: "agent-socket",
  about: "a whole session of the agent link",
  inputs: fc.record({ isOpened: fc.boolean(), messages: linkInputs }),
  open: async () => {
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
    return {
      check: async ({ isOpened, messages }) => {
        const eve = new WebSocket(`ws://127.0.0.1:${port}/agent`);
        eve.on("error", () => undefined);
        await once(eve, "open");
        if (isOpened) eve.send(JSON.stringify(linkMessages[0]));
        for (const message of messages) if (eve.readyState === WebSocket.OPEN) eve.send(message);
        const media = await LinkClient.connect(port);
        media.open();
        await media.until(({ type }) => type === "session-ready");
        media.close();
        await media.closed();
        eve.terminate();
      },
      close: () => server.close(),
    };
  },
});
