import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SignallingServer } from "@parley/media-server/signalling/signalling-server";
import fc from "fast-check";
import { io } from "socket.io-client";
import { WebSocket } from "ws";
import { fuzzTarget } from "../fuzz-target";
import { mutatedText } from "../inputs/mutated-bytes";
import { honestJoin, openHonestRoom } from "./honest-room";
import { inRoom, signallingRequestLists } from "./signalling-requests";

const events = signallingRequestLists.map((requests) =>
  requests.map(({ name, payload }, at) => `42${at}${JSON.stringify([name, payload ?? null])}`),
);
const frames = fc.oneof(
  fc.string({ maxLength: 40 }),
  mutatedText(
    '420["room-join",{"protocol":1}]',
    '451-["x",{"_placeholder":true,"num":0}]',
    "2probe",
    "40/room,",
    '4399["a"]',
  ).map((bytes) => new TextDecoder().decode(bytes)),
  fc.uint8Array({ maxLength: 40 }),
);

export const signallingSocket = fuzzTarget({
  name: "signalling-socket",
  about: "frames of socket.io beneath the requests",
  inputs: fc.record({ events, frames: fc.array(frames, { maxLength: 6 }) }),
  open: async () => {
    const { context, services, roomId } = await openHonestRoom();
    const http = createServer();
    const server = new SignallingServer(http, { ...context, isProxy: () => false }, services);
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    const { port } = http.address() as AddressInfo;
    const ada = io(`http://127.0.0.1:${port}`, { transports: ["websocket"] });
    await ada.emitWithAck("room-join", honestJoin(roomId));
    return {
      check: async (input) => {
        const address = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`;
        const eve = new WebSocket(address);
        eve.on("error", () => undefined);
        await once(eve, "open");
        eve.send("40");
        const texts = input.events.map((text) => String(inRoom(text, roomId)));
        for (const frame of [...texts, ...input.frames]) {
          if (eve.readyState === WebSocket.OPEN) eve.send(frame);
        }
        services.clock.advance(1_000).catch(() => undefined);
        const answer = (await ada.timeout(10_000).emitWithAck("room-snapshot", {})) as unknown;
        eve.terminate();
        if (!(answer as { ok: boolean }).ok) throw new Error(`the other member got no answer`);
      },
      close: async () => {
        ada.disconnect();
        await server.close();
      },
    };
  },
});
