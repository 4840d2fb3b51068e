import { newId, type RoomId } from "@parley/shared/protocol/ids";
import type { LinkRequest } from "@parley/shared/protocol/agent-link";
import type { RoomEvent } from "@parley/shared/protocol/room-event";
import type { MediaEngine, MediaEngineEvent } from "../contracts/media-engine";

const refuse = () => Promise.reject(new Error("not scripted"));

/** Fake media engine: records calls and emits the events that a test wants. */
export class ScriptedMedia implements MediaEngine {
  mediaEpoch = 1;
  isReady = true;
  lagMs = 0;
  /** Every call as `name member`, in order. */
  readonly calls: string[] = [];
  readonly published: RoomEvent[] = [];
  readonly sentToAgent: LinkRequest[] = [];
  readonly #listeners = new Set<(event: MediaEngineEvent) => void>();

  emit(event: MediaEngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  subscribe(listener: (event: MediaEngineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  openRoom = (_request: { roomId: RoomId }) =>
    Promise.resolve({ mediaEpoch: this.mediaEpoch, routerRtpCapabilities: { codecs: [] } });
  closeRoom = () => this.#note("closeRoom");
  removeMember = () => this.#note("removeMember");
  createTransport = () =>
    Promise.resolve({
      transportId: newId(),
      iceParameters: {},
      iceCandidates: [],
      dtlsParameters: {},
      sctpParameters: {},
    });
  connectTransport = () => this.#note("connectTransport");
  restartIce = () => Promise.resolve({ iceParameters: {} });
  produce = () => Promise.resolve({ producerId: newId() });
  setMuted = ({ isMuted }: { isMuted: boolean }) => this.#note(`setMuted ${isMuted}`);
  consume = () => Promise.resolve({ consumerId: newId(), rtpParameters: {} });
  resumeConsumer = () => this.#note("resumeConsumer");
  produceData = refuse;
  consumeData = refuse;
  publish = ({ event }: { event: RoomEvent }) => {
    this.published.push(event);
    return Promise.resolve();
  };
  setWorkers = () => this.#note("setWorkers");
  openAgent = async () => {
    await this.#note("openAgent");
    return { producerId: `voice-${this.mediaEpoch}` };
  };
  sendToAgent = ({ request }: { request: LinkRequest }) => {
    this.sentToAgent.push(request);
    return Promise.resolve();
  };
  closeAgent = () => this.#note("closeAgent");
  openCall: MediaEngine["openCall"] = refuse;
  closeCall: MediaEngine["closeCall"] = () => this.#note("closeCall");
  status = () => Promise.resolve({ isReady: this.isReady, lagMs: this.lagMs });
  statistics = () =>
    Promise.resolve({
      isReady: this.isReady,
      lagMs: this.lagMs,
      rooms: 0,
      calls: 0,
      microphones: {
        open: 0,
        packets: { received: 0, lost: 0, late: 0, suspect: 0, malformed: 0, undecodable: 0 },
        meanJitterMs: 0,
        maxJitterMs: 0,
      },
      dropped: { microphone: 0, lateReply: 0, unknownReply: 0, outOfOrder: 0, overflow: 0 },
    });
  close = () => Promise.resolve();

  #note(call: string): Promise<void> {
    this.calls.push(call);
    return Promise.resolve();
  }
}
