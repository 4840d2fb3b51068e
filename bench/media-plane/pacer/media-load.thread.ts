import { performance } from "node:perf_hooks";
import { loadSpeex, type Speex } from "@parley/audio/resampling/speex";
import { systemClock, type Clock } from "@parley/shared/async/clock";
import { agentLinkProtocol } from "@parley/shared/protocol/agent-link";
import { newId, type RoomId } from "@parley/shared/protocol/ids";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import { createVoiceEncoder } from "@parley/media-server/audio/opus-codec";
import { silentLog } from "@parley/media-server/contracts/log";
import { CodedWarnings } from "@parley/media-server/logging/coded-warnings";
import { AgentBridge } from "@parley/media-server/media/agent-bridge";
import { LastingCounts } from "@parley/media-server/media/lasting-counts";
import { noDroppedFrames } from "@parley/media-server/media/no-dropped-frames";
import { WorkerChooser } from "@parley/media-server/media/worker-chooser";
import { serveThread } from "@parley/threads/server/serve-thread";
import { summarise } from "../latency-summary";
import { MicrophoneField } from "../microphones/microphone-field";
import type { MicrophoneAddress } from "../microphones/sender.process";
import { FrameLateness } from "./frame-lateness";

let field: MicrophoneField | null = null;
const tracks: FrameLateness[] = [];
let playing = 0;
let loopBefore = performance.eventLoopUtilization();

/** The system's clock, which also keeps the first time that was asked for: the pacer's start. */
function recordingClock(): { clock: Clock; startMs: () => number } {
  let firstMs: number | null = null;
  const now = () => {
    const nowMs = systemClock.now();
    firstMs ??= nowMs;
    return nowMs;
  };
  return { clock: { ...systemClock, now }, startMs: () => firstMs ?? now() };
}

/** One room as the media engine sets it up: taps, the link to inference, the agent's voice. */
async function openRoom(
  opened: MicrophoneField,
  options: { inferenceUrl: string; taps: number; speex: Speex },
): Promise<MicrophoneAddress[]> {
  const { clock, startMs } = recordingClock();
  const roomId = newId<RoomId>();
  const bridge = new AgentBridge({
    roomId,
    clock,
    workers: new WorkerChooser([{ url: options.inferenceUrl, isReady: true, card: null }]),
    wish: { voice: "", language: "" },
    inferenceKey: null,
    encoder: await createVoiceEncoder(),
    speex: options.speex,
    warnings: new CodedWarnings(silentLog, systemClock),
    dropped: new LastingCounts(noDroppedFrames),
    onEvent: (event) => {
      if (event.type === "link-opened") {
        const agent = agentSettingsSchema.parse({ greeting: "" });
        bridge.send({
          type: "session-open",
          protocol: agentLinkProtocol,
          roomId,
          agent,
          members: [],
          history: [],
        });
      } else if (event.type === "link-notice" && event.notice.type === "session-ready") {
        playing += 1;
      }
    },
  });
  const fieldRoom = await opened.openRoom({
    onFrame: (memberId, frame) => {
      bridge.pushMicrophone(memberId, frame);
    },
  });
  const microphones: MicrophoneAddress[] = [];
  while (microphones.length < options.taps) {
    const { port, ssrc, memberId, producerId } = await opened.addMicrophone(fieldRoom);
    await fieldRoom.room.tapProducer(memberId, producerId);
    microphones.push({ port, ssrc });
  }
  const voice = await fieldRoom.room.produceVoice(bridge.voice.ssrc);
  let track: FrameLateness | null = null;
  bridge.attachVoice((packet) => {
    voice.send(packet);
    if (track === null) {
      track = new FrameLateness(startMs());
      tracks.push(track);
    }
    track.send(packet.readUInt32BE(4), systemClock.now());
  });
  bridge.start();
  return microphones;
}

async function open(request: { inferenceUrls: string[]; taps: number }) {
  const { inferenceUrls, taps } = request;
  const opened = await MicrophoneField.open();
  field = opened;
  const speex = await loadSpeex();
  const microphones: MicrophoneAddress[] = [];
  for (const inferenceUrl of inferenceUrls) {
    const share = Math.round(taps / inferenceUrls.length);
    microphones.push(...(await openRoom(opened, { inferenceUrl, taps: share, speex })));
    // Rooms open when people come, not all on one beat of the clock.
    await systemClock.delay(7);
  }
  while (playing < inferenceUrls.length) await systemClock.delay(20);
  return microphones;
}

function begin(): void {
  for (const track of tracks) track.reset();
  loopBefore = performance.eventLoopUtilization();
}

function end() {
  const loop = performance.eventLoopUtilization(loopBefore);
  return {
    lateness: summarise(tracks.flatMap(({ latenesses }) => latenesses)),
    skipped: tracks.reduce((sum, { skipped }) => sum + skipped, 0),
    loopPercent: 100 * loop.utilization,
  };
}

function close(): void {
  field?.close();
}

const calls = { open, begin, end, close };
export type MediaLoadCalls = typeof calls;

await serveThread<undefined, typeof calls>(() => ({ calls }));
