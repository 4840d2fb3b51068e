import type { Clock } from "@parley/shared/async/clock";
import type { MemberId, RoomId, SeatToken } from "@parley/shared/protocol/ids";
import type { MemberEvent } from "@parley/shared/protocol/room-event";
import type { MediaSource } from "@parley/shared/protocol/snapshot";
import { signallingProtocol } from "@parley/shared/protocol/signalling";
import type { AudioOutputPort } from "../sound/audio-output";
import type { ClientEvent, ConnectionState } from "./client-event";
import type { MediaClient, MediaClientEvent } from "../media/media-client";
import { MediaWatch } from "./media-watch";
import { isPermanentProblem, problemOf, type ProblemCode } from "../problem";
import { Retrier } from "./retrier";
import { RoomFeed } from "./room-feed";
import { RoomMedia } from "./room-media";
import type {
  ReceivedNotice,
  SignallingClient,
  SignallingClientEvent,
} from "../signalling/signalling-client";

/** Duration of a first connection from which the user is informed. */
const unreachableNoticeMs = 4_000;
/** Limit of waiting for the answer to `room-leave`: the page may be closing. */
const leaveTimeoutMs = 500;
/** Failed ICE restarts after which the transport counts as gone at the server and is replaced. */
const restartsBeforeRebuild = 3;

type Seat = { memberId: MemberId; token: SeatToken; mediaEpoch: number };

export type RoomSeatOptions = {
  signalling: SignallingClient;
  createMedia: (signalling: SignallingClient) => MediaClient;
  audioOutput: AudioOutputPort;
  clock: Clock;
};

export type RoomSeatListener = {
  emit: (event: ClientEvent) => void;
  /** Called after joining, for the first time or again. */
  onJoined: () => void;
  /** Called when the event channel is open: events can be sent from now on. */
  onChannelOpened: () => void;
};

/** Seat of the member in a room: joins, rejoins after outages, leaves. */
export class RoomSeat {
  readonly #options: RoomSeatOptions;
  readonly #listener: RoomSeatListener;
  readonly #closed = new AbortController();
  readonly #joining: Retrier;
  readonly #restartingIce: Retrier;
  readonly #mediaWatch: MediaWatch;
  readonly media: RoomMedia;
  readonly feed: RoomFeed;
  #joinRequest: { roomId: RoomId; name: string } | null = null;
  #seat: Seat | null = null;
  #connection: ConnectionState | null = null;
  #problem: ProblemCode | null = null;

  constructor(options: RoomSeatOptions, listener: RoomSeatListener) {
    this.#options = options;
    this.#listener = listener;
    this.media = new RoomMedia({
      createClient: () => options.createMedia(options.signalling),
      onEvent: (event) => {
        this.#onMedia(event);
      },
    });
    this.feed = new RoomFeed({
      ...options,
      emit: listener.emit,
      memberId: () => this.#seat?.memberId ?? null,
      onSources: (sources) => void this.media.setSources(this.#withoutOwn(sources)),
    });
    this.#mediaWatch = new MediaWatch({
      clock: options.clock,
      onBlocked: () => {
        this.#listener.emit({ type: "media-routes-changed", routes: this.media.routes() });
        this.#setProblem("media-unavailable");
      },
    });
    this.#joining = new Retrier({
      clock: options.clock,
      attempt: (signal) => this.#joinOnce(signal),
      onFailure: (error) => this.#onJoinFailed(error),
    });
    this.#restartingIce = new Retrier({
      clock: options.clock,
      attempt: (signal) => this.media.restartIce(signal),
      onFailure: (_error, failures) => {
        if (failures < restartsBeforeRebuild) return "retry";
        this.rejoin();
        return "stop";
      },
    });
  }

  /** Connects and joins; retries until closed or refused by the room. */
  async join(request: { roomId: RoomId; name: string }): Promise<void> {
    const { signalling, clock } = this.#options;
    this.#joinRequest = request;
    this.#setConnection("connecting");
    signalling.subscribe((event) => {
      this.#onSignalling(event);
    });
    const cancelNotice = clock.schedule(unreachableNoticeMs, () => {
      this.#setProblem("server-unreachable");
    });
    try {
      await signalling.connect(this.#closed.signal);
    } catch {
      // Closed while connecting.
    } finally {
      cancelNotice();
    }
  }

  /** Joins again with new transports, even if the server still has the old ones. */
  rejoin(): void {
    if (this.#closed.signal.aborted || this.#seat === null) return;
    this.#seat = { ...this.#seat, mediaEpoch: -1 };
    this.#setConnection("reconnecting");
    if (this.#options.signalling.isConnected) this.#joining.start();
  }

  send(event: MemberEvent): boolean {
    return this.media.send(event);
  }

  /** Mutes here and at the server. */
  setMuted(isMuted: boolean): void {
    this.media.setMuted(isMuted);
    this.#sendMuted();
  }

  async leave(): Promise<void> {
    const { signalling } = this.#options;
    const isSeated = this.#seat !== null && signalling.isConnected;
    this.#seat = null;
    this.#joining.stop();
    if (!isSeated) return;
    await signalling
      .request("room-leave", {}, { timeoutMs: leaveTimeoutMs })
      .catch(() => undefined);
  }

  close(): void {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    this.#joining.stop();
    this.#restartingIce.stop();
    this.#mediaWatch.stop();
    this.feed.close();
    this.media.close();
    this.#options.audioOutput.close();
    this.#options.signalling.close();
    if (this.#connection !== "failed") this.#setConnection("closed");
  }

  async #joinOnce(signal: AbortSignal): Promise<void> {
    if (this.#joinRequest === null) return;
    const request = {
      protocol: signallingProtocol,
      ...this.#joinRequest,
      seatToken: this.#seat?.token ?? null,
    };
    const answer = await this.#options.signalling.request("room-join", request, { signal });
    const { memberId, mediaEpoch, snapshot } = answer;
    const isSameMedia = answer.isResumed && mediaEpoch === this.#seat?.mediaEpoch;
    this.#seat = { memberId, token: answer.seatToken, mediaEpoch };
    if (!isSameMedia) this.media.discard();
    this.feed.applySnapshot(snapshot);
    if (!this.media.isStarted) await this.media.rebuild(answer, signal);
    else if (this.media.connection === "failed") this.#restartingIce.start();
    this.#sendMuted();
    this.#listener.onJoined();
    this.#setProblem(null);
    this.#updateConnection();
  }

  #onJoinFailed(error: unknown): "retry" | "stop" {
    const problem = problemOf(error);
    if (isPermanentProblem(problem)) {
      this.#fail(problem);
      return "stop";
    }
    // Without a socket there is no retry here: the socket joins when it is back.
    if (!this.#options.signalling.isConnected) return "stop";
    this.#setProblem(problem);
    return "retry";
  }

  #onSignalling(event: SignallingClientEvent): void {
    switch (event.type) {
      case "connected":
        this.#joining.start();
        break;
      case "disconnected":
        this.#joining.stop();
        this.#restartingIce.stop();
        this.#mediaWatch.stop();
        this.#setConnection(this.#seat === null ? "connecting" : "reconnecting");
        this.#setProblem("server-unreachable");
        break;
      case "notice":
        this.#onNotice(event.notice);
        break;
    }
  }

  #onNotice(notice: ReceivedNotice): void {
    switch (notice.name) {
      case "roster-changed":
        this.feed.setMembers(notice.payload.members);
        break;
      case "media-available":
        for (const source of this.#withoutOwn([notice.payload])) void this.media.addSource(source);
        break;
      case "media-closed":
        this.media.removeSource(notice.payload.producerId);
        break;
      case "media-restarted":
        if (notice.payload.mediaEpoch !== this.#seat?.mediaEpoch) this.rejoin();
        break;
      case "room-closed":
        this.#fail("room-closed");
        break;
    }
  }

  #onMedia(event: MediaClientEvent): void {
    const { audioOutput } = this.#options;
    switch (event.type) {
      case "track-added":
        audioOutput.add(event.memberId, event.track);
        break;
      case "track-removed":
        audioOutput.remove(event.memberId);
        break;
      case "message-received":
        this.feed.receive(event.data);
        break;
      case "channel-opened":
        this.#listener.onChannelOpened();
        break;
      case "room-channel-opened":
        this.feed.catchUp();
        break;
      case "connection-changed":
        if (event.connection === "connected") this.#restartingIce.stop();
        else if (event.connection === "failed" && this.#options.signalling.isConnected) {
          this.#restartingIce.start();
        }
        this.#updateConnection();
        break;
    }
  }

  #withoutOwn(sources: readonly MediaSource[]): MediaSource[] {
    return sources.filter((source) => source.memberId !== this.#seat?.memberId);
  }

  #sendMuted(): void {
    const { signalling } = this.#options;
    if (this.#seat === null || !signalling.isConnected) return;
    // A lost request is repeated after joining again.
    signalling.request("media-mute", { isMuted: this.media.isMuted }).catch(() => undefined);
  }

  #fail(problem: ProblemCode): void {
    this.#setProblem(problem);
    this.#setConnection("failed");
    this.close();
  }

  /** Shows `interrupted` only when it lasts: it recovers by itself or becomes `failed`. */
  #updateConnection(): void {
    if (this.#joining.isRunning && !this.media.isStarted) return;
    const isJoined = this.#options.signalling.isConnected;
    const { connection } = this.media;
    this.#mediaWatch.update(isJoined && connection !== "connected");
    if (connection === "connected" && this.#problem === "media-unavailable") this.#setProblem(null);
    if (isJoined && (connection === "connected" || connection === "interrupted"))
      this.#setConnection("connected");
    else if (this.#connection !== "connecting") this.#setConnection("reconnecting");
  }

  #setConnection(connection: ConnectionState): void {
    if (this.#connection === connection || this.#connection === "failed") return;
    this.#connection = connection;
    this.#listener.emit({ type: "connection-changed", connection });
  }

  #setProblem(problem: ProblemCode | null): void {
    if (this.#problem === problem) return;
    this.#problem = problem;
    this.#listener.emit({ type: "problem-changed", problem });
  }
}
