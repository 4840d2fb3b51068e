import type { Clock } from "@parley/shared/async/clock";
import type { MemberId, ReplyId } from "@parley/shared/protocol/ids";
import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import type { MediaSource, Member, RoomSnapshot } from "@parley/shared/protocol/snapshot";
import type { AudioOutputPort } from "../sound/audio-output";
import type { ClientEvent } from "./client-event";
import { EventChannel } from "./event-channel";
import type { SignallingClient } from "../signalling/signalling-client";

/** Incoming events, snapshots and rosters of a room, passed on; mutes a cut reply at once. */
export class RoomFeed {
  readonly #channel: EventChannel;
  readonly #audioOutput: AudioOutputPort;
  readonly #emit: (event: ClientEvent) => void;
  readonly #memberId: () => MemberId | null;
  readonly #onSources: (sources: readonly MediaSource[]) => void;
  #replyId: ReplyId | null = null;

  constructor(options: {
    signalling: SignallingClient;
    audioOutput: AudioOutputPort;
    clock: Clock;
    emit: (event: ClientEvent) => void;
    /** Own member id; null until joined. */
    memberId: () => MemberId | null;
    /** Called with the audio sources of each snapshot. */
    onSources: (sources: readonly MediaSource[]) => void;
  }) {
    this.#audioOutput = options.audioOutput;
    this.#emit = options.emit;
    this.#memberId = options.memberId;
    this.#onSources = options.onSources;
    this.#channel = new EventChannel({
      requestSnapshot: (signal) => options.signalling.request("room-snapshot", {}, { signal }),
      onEvent: (body) => {
        this.#onEvent(body);
      },
      onSnapshot: (snapshot) => {
        this.#onSnapshot(snapshot);
      },
      clock: options.clock,
    });
  }

  /** Reply being spoken; null when there is none. */
  get replyId(): ReplyId | null {
    return this.#replyId;
  }

  receive(data: unknown): void {
    this.#channel.receive(data);
  }

  applySnapshot(snapshot: RoomSnapshot): void {
    this.#channel.applySnapshot(snapshot);
  }

  /** Makes up for events that the room published while its channel was not open. */
  catchUp(): void {
    void this.#channel.catchUp();
  }

  setMembers(members: readonly Member[]): void {
    this.#updateAgents(members);
    this.#emit({ type: "roster-changed", members });
  }

  close(): void {
    this.#channel.close();
  }

  #onSnapshot(snapshot: RoomSnapshot): void {
    const memberId = this.#memberId();
    if (memberId === null) return;
    this.#updateAgents(snapshot.members);
    this.#replyId = snapshot.replyId;
    // A `reply-start` may be among the lost events: better an old tail than a muted reply.
    this.#audioOutput.unmuteAgent();
    this.#emit({ type: "snapshot-applied", memberId, snapshot });
    this.#onSources(snapshot.media);
  }

  #updateAgents(members: readonly Member[]): void {
    const agents = members.filter((member) => member.isAgent);
    this.#audioOutput.setAgents(agents.map((member) => member.memberId));
  }

  #onEvent(body: RoomEventBody): void {
    switch (body.type) {
      case "reply-start":
        this.#replyId = body.replyId;
        this.#audioOutput.unmuteAgent();
        break;
      case "reply-flush":
      case "reply-hold":
        this.#audioOutput.muteAgent();
        break;
      case "reply-resume":
        if (this.#replyId === body.replyId) this.#audioOutput.unmuteAgent();
        break;
      case "reply-end":
        if (this.#replyId === body.replyId) this.#replyId = null;
        break;
      case "transcript-partial":
      case "transcript-final":
      case "transcript-retract":
      case "agent-state":
      case "agent-hearing":
      case "transcript-storage":
      case "misheard-members":
      case "agent-problem":
      case "turn-timings":
        break;
      default:
        body satisfies never;
    }
    this.#emit({ type: "room-event", body });
  }
}
