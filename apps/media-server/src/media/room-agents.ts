import type { Speex } from "@parley/audio/resampling/speex";
import type { Clock } from "@parley/shared/async/clock";
import type { RoomId } from "@parley/shared/protocol/ids";
import { createVoiceEncoder } from "../audio/opus-codec";
import type { WorkerWish } from "../contracts/inference-worker";
import type { MediaEngineEvent } from "../contracts/media-engine";
import type { DroppedFrames } from "../contracts/media-statistics";
import type { CodedWarnings } from "../logging/coded-warnings";
import { AgentBridge } from "./agent-bridge";
import type { LastingCounts } from "./lasting-counts";
import type { WorkerChooser } from "./worker-chooser";

export type RoomAgentsOptions = {
  clock: Clock;
  workers: WorkerChooser;
  inferenceKey: string | null;
  speex: Speex;
  warnings: CodedWarnings;
  dropped: LastingCounts<keyof DroppedFrames>;
  onEvent: (event: MediaEngineEvent) => void;
};

/** Agents of the rooms that are open, one each. */
export class RoomAgents {
  readonly #options: RoomAgentsOptions;
  readonly #bridges = new Map<RoomId, AgentBridge>();

  constructor(options: RoomAgentsOptions) {
    this.#options = options;
  }

  get(roomId: RoomId): AgentBridge | undefined {
    return this.#bridges.get(roomId);
  }

  /** The room's agent, or a new one that is not started. */
  async open(roomId: RoomId, wish: WorkerWish): Promise<AgentBridge> {
    const present = this.#bridges.get(roomId);
    if (present !== undefined) return present;
    const { onEvent, ...parts } = this.#options;
    const encoder = await createVoiceEncoder();
    const opened = this.#bridges.get(roomId);
    if (opened !== undefined) return opened;
    const bridge = new AgentBridge({
      ...parts,
      roomId,
      wish,
      encoder,
      onEvent: (event) => {
        onEvent({ ...event, roomId });
      },
    });
    this.#bridges.set(roomId, bridge);
    return bridge;
  }

  /** Idempotent. */
  close(roomId: RoomId): void {
    this.#bridges.get(roomId)?.close();
    this.#bridges.delete(roomId);
  }

  closeAll(): void {
    for (const roomId of [...this.#bridges.keys()]) this.close(roomId);
  }
}
