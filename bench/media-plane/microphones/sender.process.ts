import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { serveProcess } from "@parley/threads/server/serve-process";
import { monotonicMs } from "../monotonic-clock";
import { stamp, stampablePacket } from "./stamped-packet";

const packetMs = 20;

/** Destination and SSRC of one microphone. */
export type MicrophoneAddress = { port: number; ssrc: number };

let sockets: Socket[] = [];
let timer: NodeJS.Timeout | null = null;
let sentPackets = 0;
let latestMs = 0;

async function start(request: {
  microphones: MicrophoneAddress[];
  packets: Uint8Array[];
}): Promise<void> {
  const { microphones, packets } = request;
  sockets = await Promise.all(
    microphones.map(async ({ port }) => {
      const socket = createSocket("udp4");
      // The other end closing must not end this one.
      socket.on("error", () => undefined);
      socket.connect(port, "127.0.0.1");
      await once(socket, "connect");
      return socket;
    }),
  );
  const stepMs = packetMs / microphones.length;
  const startMs = monotonicMs();
  let next = 0;
  const wake = () => {
    // Everybody's packets spread evenly over the 20 ms, each on an absolute schedule.
    for (let dueMs = startMs + next * stepMs; ; dueMs = startMs + next * stepMs) {
      const now = monotonicMs();
      if (dueMs > now) break;
      latestMs = Math.max(latestMs, now - dueMs);
      const speaker = next % microphones.length;
      const sequence = Math.floor(next / microphones.length);
      // Each begins at another place of the speech.
      const payload = packets[(sequence + speaker * 37) % packets.length] ?? new Uint8Array(0);
      const bytes = stampablePacket({ ssrc: microphones[speaker]?.ssrc ?? 0, sequence, payload });
      stamp(bytes, now);
      sockets[speaker]?.send(bytes);
      next += 1;
      sentPackets += 1;
    }
    timer = setTimeout(wake, startMs + next * stepMs - monotonicMs());
  };
  wake();
}

/** Work since the last call. */
function usage() {
  const answer = { sentPackets, latestMs, cpu: process.cpuUsage() };
  sentPackets = 0;
  latestMs = 0;
  return answer;
}

function stop(): void {
  if (timer !== null) clearTimeout(timer);
  for (const socket of sockets) socket.close();
  sockets = [];
}

const calls = { start, usage, stop };
export type SenderCalls = typeof calls;

await serveProcess<typeof calls>(() => ({ calls }));
