import { setTimeout as delay } from "node:timers/promises";
import { BareSocket } from "./bare-socket";
import { makeRoom } from "./make-room";

/**
 * A newcomer's wait for an agent: makes a room, joins it, and looks until its agent listens.
 *
 * @returns ms; null where a step was refused, or no agent came in time
 */
export async function waitForAgent(options: {
  port: number;
  from: string;
  limitMs: number;
}): Promise<number | null> {
  const { port, from, limitMs } = options;
  const startMs = performance.now();
  const made = await makeRoom(port, from);
  if ("refusal" in made) return null;
  const socket = await BareSocket.open(port, from);
  try {
    if ((await socket.join(made.roomId, "Newcomer")) !== "ok") return null;
    while (performance.now() - startMs < limitMs) {
      if ((await socket.agentState()) === "listening") return performance.now() - startMs;
      await delay(50);
    }
    return null;
  } finally {
    await socket.ask("room-leave", {});
    socket.close();
  }
}
