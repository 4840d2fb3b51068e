import { AppError } from "@parley/shared/errors";
import type { SeatToken } from "@parley/shared/protocol/ids";
import type {
  SignallingRequest,
  SignallingRequestName,
  SignallingResponse,
} from "@parley/shared/protocol/signalling";
import type { RoomSnapshot } from "@parley/shared/protocol/snapshot";
import { Emitter } from "../emitter";
import type {
  ReceivedNotice,
  SignallingClient,
  SignallingClientEvent,
} from "../signalling/signalling-client";
import { adaId, sampleId, sampleSnapshot } from "./room-samples";

/** Signalling without a server: answers joins and snapshots, records every request. */
export class FakeSignallingClient implements SignallingClient {
  readonly #emitter = new Emitter<SignallingClientEvent>();
  readonly requests: { name: SignallingRequestName; payload: unknown }[] = [];
  isConnected = false;
  isClosed = false;
  /** Snapshot that the room answers with. */
  snapshot: RoomSnapshot = sampleSnapshot();
  mediaEpoch = 1;
  isResumed = false;
  /** Errors that the next requests of each name reject with, one each. */
  readonly failures: Partial<Record<SignallingRequestName, AppError[]>> = {};

  connect(): Promise<void> {
    this.reconnect();
    return Promise.resolve();
  }

  /** Connects the socket, for the first time or again. */
  reconnect(): void {
    this.isConnected = true;
    this.#emitter.emit({ type: "connected" });
  }

  /** Loses the socket. */
  disconnect(): void {
    this.isConnected = false;
    this.#emitter.emit({ type: "disconnected" });
  }

  notify(notice: ReceivedNotice): void {
    this.#emitter.emit({ type: "notice", notice });
  }

  /** Payloads of all requests of one name. */
  requestsOf(name: SignallingRequestName): unknown[] {
    return this.requests.filter((request) => request.name === name).map(({ payload }) => payload);
  }

  request<Name extends SignallingRequestName>(
    name: Name,
    payload: SignallingRequest<Name>,
  ): Promise<SignallingResponse<Name>> {
    this.requests.push({ name, payload });
    const failure = this.failures[name]?.shift();
    if (failure !== undefined) return Promise.reject(failure);
    const answer = this.#answer(name);
    if (answer === null) {
      return Promise.reject(new AppError("internal", `${name} is not implemented in the fake`));
    }
    return Promise.resolve(answer as SignallingResponse<Name>);
  }

  subscribe(listener: (event: SignallingClientEvent) => void): () => void {
    return this.#emitter.subscribe(listener);
  }

  close(): void {
    this.isClosed = true;
    this.isConnected = false;
    this.#emitter.clear();
  }

  /** Null for what only a media engine answers. */
  #answer(name: SignallingRequestName): unknown {
    switch (name) {
      case "room-join":
        return {
          memberId: adaId,
          seatToken: sampleId<SeatToken>("seat"),
          isResumed: this.isResumed,
          mediaEpoch: this.mediaEpoch,
          routerRtpCapabilities: {},
          iceServers: [],
          iceTransportPolicy: "all",
          snapshot: this.snapshot,
        };
      case "room-snapshot":
        return this.snapshot;
      case "room-leave":
      case "media-mute":
        return {};
      case "transport-create":
      case "transport-connect":
      case "transport-restart-ice":
      case "media-produce":
      case "media-consume":
      case "media-resume":
      case "data-produce":
      case "data-consume":
        return null;
    }
  }
}
