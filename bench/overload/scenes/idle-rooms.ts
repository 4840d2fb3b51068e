import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { BareSocket } from "../clients/bare-socket";
import { countCodes } from "../clients/count-codes";
import { makeRoom } from "../clients/make-room";
import { sendRequest } from "../clients/send-request";
import { frameGaps, type FrameGaps } from "../heard/frame-gaps";
import { frameTimes } from "../heard/frame-probe";
import { atLeast, atMost, type Scene, type Stage } from "../scene";

const rooms = 200;
/** Fewer than one address may have. */
const roomsPerAddress = 25;
/** Time to open them; a busy media thread refuses rooms for a while, and is asked again. */
const openingMs = 30_000;
const refusedMs = 500;
/** Without idle rooms, before and after; and with all of them. */
const floorMs = 15_000;
const loadedMs = 30_000;
/** A browser's jitter buffer hides this. */
const inaudibleMs = 40;

/** What the agent says meanwhile: an encoder at work, and no frame of silence again and again. */
const request = "tell me a long story";

/** Rooms in which nobody speaks, and what somebody in another room hears meanwhile. */
export const idleRooms: Scene = {
  name: "idle-rooms",
  about: "200 rooms in which nobody speaks, beside one honest talker",
  // 200 rooms have state of their own: transports, pacers, seats.
  bounds: { growthMB: 200 },
  async run(stage) {
    const before = await hear(stage, floorMs);
    const sockets: BareSocket[] = [];
    const codes: string[] = [];
    let loaded: FrameGaps;
    let lagMs: number;
    try {
      const limitMs = performance.now() + openingMs;
      while (sockets.length < rooms && performance.now() < limitMs) {
        const from = `127.0.73.${1 + Math.floor(sockets.length / roomsPerAddress)}`;
        const opened = await openIdleRoom(stage.port, from);
        codes.push(typeof opened === "string" ? opened : "ok");
        if (typeof opened === "string") await delay(refusedMs);
        else sockets.push(opened);
      }
      loaded = await hear(stage, loadedMs);
      lagMs = await mediaLagMs(stage.port);
    } finally {
      for (const socket of sockets) {
        await socket.ask("room-leave", {});
        socket.close();
      }
    }
    await delay(2_000);
    const after = await hear(stage, floorMs);
    const floor = Math.max(before.max, after.max, inaudibleMs);
    return {
      expectations: [
        { ...atLeast("rooms that open", sockets.length, rooms), found: countCodes(codes) },
        atMost(
          "longest gap in the talker's ear, 40 ms or the machine's own",
          loaded.max,
          floor,
          " ms",
        ),
      ],
      figures: { floorBefore: before, loaded, mediaLagMs: lagMs, floorAfter: after },
    };
  },
};

/** @returns the code of the refusal where there is one */
async function openIdleRoom(port: number, from: string): Promise<BareSocket | string> {
  const made = await makeRoom(port, from);
  if ("refusal" in made) return made.refusal;
  const socket = await BareSocket.open(port, from);
  const joined = await socket.join(made.roomId, "Idle");
  if (joined === "ok") return socket;
  socket.close();
  return joined;
}

/** Listens to the agent for a while, most of which it speaks. */
async function hear({ talker, page }: Stage, forMs: number): Promise<FrameGaps> {
  await talker.type(request);
  const first = await frameCount(page);
  await delay(forMs);
  return frameGaps((await frameTimes(page)).slice(first));
}

/** How late voices leave the media thread, by the server's own account. */
async function mediaLagMs(port: number): Promise<number> {
  const { text } = await sendRequest({ port, from: "127.0.0.1", path: "/metrics" });
  return 1_000 * Number(/^parley_media_lag_seconds (\S+)$/m.exec(text)?.[1] ?? Number.NaN);
}

async function frameCount(page: Page): Promise<number> {
  return (await frameTimes(page)).length;
}
