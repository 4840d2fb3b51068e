import { loadSpeex } from "@parley/audio/resampling/speex";
import { AgentSeat } from "@parley/media-server/agent/agent-seat";
import type { WorkerDirectory } from "@parley/media-server/contracts/inference-worker";
import { silentLog } from "@parley/media-server/contracts/log";
import { CodedWarnings } from "@parley/media-server/logging/coded-warnings";
import { AgentBridge } from "@parley/media-server/media/agent-bridge";
import { LastingCounts } from "@parley/media-server/media/lasting-counts";
import { noDroppedFrames } from "@parley/media-server/media/no-dropped-frames";
import { WorkerChooser } from "@parley/media-server/media/worker-chooser";
import type { Room } from "@parley/media-server/rooms/room";
import { RoomRegistry } from "@parley/media-server/rooms/room-registry";
import { MemoryArchive } from "@parley/media-server/testing/memory-archive";
import { ScriptedMedia } from "@parley/media-server/testing/scripted-media";
import { systemClock } from "@parley/shared/async/clock";
import type { MemberId } from "@parley/shared/protocol/ids";
import { roomCreateRequestSchema } from "@parley/shared/protocol/rooms-api";

const frameSamples = 320;

/** A room with its agent as the media server has them, without WebRTC: sound comes in frames. */
export class AgentRoom {
  readonly room: Room;
  /** Times of "the session is ready", in order. */
  readonly readyAtMs: number[] = [];
  readonly memberId: MemberId;
  readonly #bridge: AgentBridge;
  readonly #unsubscribe: () => void;

  static async open(directory: WorkerDirectory): Promise<AgentRoom> {
    const media = new ScriptedMedia();
    const services = { clock: systemClock, archive: new MemoryArchive(), log: silentLog };
    const seats: AgentSeat[] = [];
    const registry = new RoomRegistry(services, (opened) => {
      seats.push(new AgentSeat(opened, media, services));
    });
    const room = await registry.create(roomCreateRequestSchema.parse({ agent: { greeting: "" } }));
    const [seat] = seats;
    if (seat === undefined) throw new TypeError("the room has no agent");
    return new AgentRoom(room, seat, media, directory, await loadSpeex());
  }

  private constructor(
    room: Room,
    seat: AgentSeat,
    media: ScriptedMedia,
    directory: WorkerDirectory,
    speex: Awaited<ReturnType<typeof loadSpeex>>,
  ) {
    this.room = room;
    const workers = new WorkerChooser(directory.workers);
    this.#unsubscribe = directory.subscribe((known) => {
      workers.setWorkers(known);
    });
    this.#bridge = new AgentBridge({
      roomId: room.roomId,
      clock: systemClock,
      workers,
      wish: { voice: "", language: "" },
      inferenceKey: null,
      encoder: { encode: () => Uint8Array.of(8), close: () => undefined },
      speex,
      warnings: new CodedWarnings(silentLog, systemClock),
      dropped: new LastingCounts(noDroppedFrames),
      onEvent: (event) => {
        if (event.type === "link-notice" && event.notice.type === "session-ready") {
          this.readyAtMs.push(systemClock.now());
        }
        seat.handle({ ...event, roomId: room.roomId });
      },
    });
    media.sendToAgent = ({ request }) => {
      this.#bridge.send(request);
      return Promise.resolve();
    };
    const holder = { release: () => undefined };
    this.memberId = room.join({ name: "Ada", seatToken: null, holder }).memberId;
    this.#bridge.start();
  }

  /** Says it in real time, 20 ms at a time. @param onFrame called after each frame */
  async say(samples: Int16Array, onFrame: (atMs: number) => void = () => undefined): Promise<void> {
    const startMs = systemClock.now();
    for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
      const soundMs = (at + frameSamples) / 16;
      await systemClock.delay(Math.max(0, startMs + soundMs - systemClock.now()));
      this.#bridge.pushMicrophone(this.memberId, {
        samples: samples.slice(at, at + frameSamples),
        arrivedAtMs: startMs + soundMs,
      });
      onFrame(soundMs);
    }
  }

  /** All lines so far: who, what, and whether it is settled and was cut off. */
  get lines() {
    return this.room.entries.map(({ kind, text, isFinal, isInterrupted }) => ({
      kind,
      text,
      isFinal,
      isInterrupted,
    }));
  }

  close(): void {
    this.#unsubscribe();
    this.#bridge.close();
    this.room.close("the test is over");
  }
}
