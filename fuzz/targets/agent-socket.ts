import { once } from "node:events";
import { LinkClient } from "@parley/inference/testing/link-client";
import fc from "fast-check";
import { WebSocket } from "ws";
import { fuzzTarget } from "../fuzz-target";
import { startScriptedAgentServer } from "../scripted-agent-server";
import { linkInputs, linkMessages } from "./agent-link";

export const agentSocket = fuzzTarget({
  name: "agent-socket",
  about: "a whole session of the agent link",
  inputs: fc.record({ isOpened: fc.boolean(), messages: linkInputs }),
  open: async () => {
    const { server, port } = await startScriptedAgentServer();
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
