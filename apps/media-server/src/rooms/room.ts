import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { AgentHearing } from "@parley/shared/protocol/agent-hearing";
import type { AgentProblem } from "@parley/shared/protocol/agent-problem";
import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { EntryId, MemberId, ReplyId, RoomId, SeatToken } from "@parley/shared/protocol/ids";
import type { MemberEvent, RoomEventBody } from "@parley/shared/protocol/room-event";
import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import type { RoomSnapshot } from "@parley/shared/protocol/snapshot";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";
import type { Log } from "../contracts/log";
import type { ArchivedRoom, RoomArchive, RoomRecord } from "../contracts/room-archive";
import { describeRecord } from "./describe-record";
import type { RoomListener, RoomSignal } from "./room-signal";
import { Roster } from "./roster";
import { toMember, type Seat, type SeatHolder } from "./seat";
import { RoomTranscript } from "./room-transcript";

export type RoomOptions = { clock: Clock; archive: RoomArchive; log: Log };

/**
 * An open room: its members, transcript and agent state. Once closed it stays closed; the archive
 * reopens it as a new object. It knows neither media nor sockets nor how an agent works: those
 * subscribe to it and act.
 */
export class Room {
  readonly record: RoomRecord;
  readonly #options: RoomOptions;
  readonly #roster: Roster;
  readonly #transcript: RoomTranscript;
  readonly #media = new Map<string, MemberId>();
  readonly #listeners = new Set<RoomListener>();
  #sequence = 0;
  #agentState: AgentState = "away";
  #agentHearing: AgentHearing | null = null;
  #misheardMembers: readonly MemberId[] = [];
  #agentProblem: AgentProblem | null = null;
  #replyId: ReplyId | null = null;
  #mediaEpoch: number | null = null;
  #transcriptStorage: TranscriptStorage;
  #isClosed = false;

  constructor(archived: ArchivedRoom, options: RoomOptions) {
    this.record = archived.record;
    this.#options = options;
    this.#transcript = new RoomTranscript(archived.entries);
    this.#transcriptStorage = options.archive.storage(archived.record.roomId);
    this.#roster = new Roster(options.clock, archived.record.agent.name, (memberId) => {
      this.leave(memberId);
    });
  }

  get roomId(): RoomId {
    return this.record.roomId;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** People with a seat, held ones included; the agent is not counted. */
  get people(): number {
    return this.#roster.people;
  }

  /** What keeps the agent from answering. */
  get agentProblem(): AgentProblem | null {
    return this.#agentProblem;
  }

  /** @returns a function that ends the subscription. */
  subscribe(listener: RoomListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Takes a new seat, or resumes the one that the token belongs to. */
  join(request: { name: string; seatToken: SeatToken | null; holder: SeatHolder }): Seat {
    this.#assertOpen();
    const { name, seatToken, holder } = request;
    const resumed = seatToken === null ? null : this.#roster.resume(seatToken, name, holder);
    const seat = resumed ?? this.#roster.addPerson(name, holder);
    this.#signalRoster();
    if (resumed === null) this.#signal({ type: "member-joined", member: toMember(seat) });
    return seat;
  }

  /** Takes a seat for the agent, which has no connection. */
  seatAgent(name: string): MemberId {
    this.#assertOpen();
    const { memberId } = this.#roster.addAgent(name);
    this.#signalRoster();
    return memberId;
  }

  /** Holds the seat of a member whose connection was lost, for a limited time. */
  vacate(memberId: MemberId, holder: SeatHolder): void {
    if (this.#roster.vacate(memberId, holder)) this.#signalRoster();
  }

  leave(memberId: MemberId): void {
    const seat = this.#roster.remove(memberId);
    if (seat === undefined) return;
    for (const [producerId, owner] of [...this.#media]) {
      if (owner === memberId) this.removeMedia(producerId);
    }
    this.#signalRoster();
    if (!seat.isAgent) this.#signal({ type: "member-left", memberId });
  }

  setMuted(memberId: MemberId, isMuted: boolean): void {
    const seat = this.#roster.get(memberId);
    if (seat === undefined || seat.isMuted === isMuted) return;
    seat.isMuted = isMuted;
    this.#signalRoster();
  }

  /** Name of a present or former member. */
  nameOf(memberId: MemberId): string | undefined {
    return this.#roster.nameOf(memberId);
  }

  /** Sets the current media epoch. A change removes all tracks. */
  enterMediaEpoch(mediaEpoch: number): void {
    const earlier = this.#mediaEpoch;
    if (earlier === mediaEpoch) return;
    this.#mediaEpoch = mediaEpoch;
    if (earlier === null) return;
    this.#media.clear();
    this.#signal({ type: "media-restarted", mediaEpoch });
  }

  addMedia(producerId: string, memberId: MemberId): void {
    // Its owner may have left while the track was being created.
    if (this.#isClosed || this.#roster.get(memberId) === undefined) return;
    if (this.#media.has(producerId)) return;
    this.#media.set(producerId, memberId);
    this.#signal({ type: "media-available", source: { producerId, memberId } });
  }

  removeMedia(producerId: string): void {
    if (this.#media.delete(producerId)) this.#signal({ type: "media-closed", producerId });
  }

  mediaOwner(producerId: string): MemberId | undefined {
    return this.#media.get(producerId);
  }

  /** Handles an event that a member sent to the room. */
  receive(memberId: MemberId, event: MemberEvent): void {
    if (this.#isClosed || this.#roster.get(memberId) === undefined) return;
    this.#signal({ type: "member-event", memberId, event });
  }

  /** Numbers the event, applies it to the snapshot and signals it to subscribers. */
  publish(body: RoomEventBody): void {
    if (this.#isClosed) return;
    this.#apply(body);
    this.#sequence += 1;
    this.#signal({ type: "event", event: { sequence: this.#sequence, body } });
  }

  entry(entryId: EntryId): TranscriptEntry | undefined {
    return this.#transcript.get(entryId);
  }

  /** Transcript entries, oldest first; partial ones included. */
  get entries(): TranscriptEntry[] {
    return this.#transcript.list();
  }

  snapshot(): RoomSnapshot {
    return {
      roomId: this.roomId,
      sequence: this.#sequence,
      members: this.#roster.list(),
      agentState: this.#agentState,
      agentHearing: this.#agentHearing,
      misheardMembers: [...this.#misheardMembers],
      agentProblem: this.#agentProblem,
      replyId: this.#replyId,
      ...this.#transcript.latest(),
      transcriptStorage: this.#transcriptStorage,
      media: [...this.#media].map(([producerId, memberId]) => ({ producerId, memberId })),
    };
  }

  describe(): RoomDescription {
    return describeRecord(this.record, this.people);
  }

  /** Closes the room; its transcript stays in the archive. Idempotent. */
  close(reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#roster.close(reason);
    this.#signal({ type: "closed", reason });
    this.#listeners.clear();
  }

  #apply(body: RoomEventBody): void {
    switch (body.type) {
      case "transcript-partial":
        this.#transcript.put(body.entry);
        // What a person was saying is said again, what the agent said is gone.
        if (body.entry.kind === "reply") this.#options.archive.keepDraft(this.roomId, body.entry);
        break;
      case "transcript-final":
        this.#transcript.put(body.entry);
        this.#options.archive.append(this.roomId, body.entry);
        break;
      case "transcript-retract":
        this.#transcript.retract(body.entryId);
        break;
      case "agent-state":
        this.#agentState = body.state;
        break;
      case "agent-hearing":
        this.#agentHearing = body.hearing;
        break;
      case "misheard-members":
        this.#misheardMembers = body.memberIds;
        break;
      case "agent-problem":
        this.#agentProblem = body.problem;
        break;
      case "reply-start":
        this.#replyId = body.replyId;
        break;
      case "reply-flush":
      case "reply-end":
        if (this.#replyId === body.replyId) this.#replyId = null;
        break;
      case "transcript-storage":
        this.#transcriptStorage = body.storage;
        break;
      case "turn-timings":
      case "reply-hold":
      case "reply-resume":
        break;
      default:
        // A new event: say here what the room remembers of it.
        body satisfies never;
    }
  }

  #signalRoster(): void {
    this.#signal({ type: "roster-changed", members: this.#roster.list() });
  }

  /** Calls every listener, also when one of them throws. */
  #signal(signal: RoomSignal): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(signal);
      } catch (error) {
        const fields = { roomId: this.roomId, signal: signal.type, reason: errorMessage(error) };
        this.#options.log.error(fields, "a room listener failed");
      }
    }
  }

  #assertOpen(): void {
    if (this.#isClosed) {
      throw new AppError("invalid-state", "The room is closing.", { isRetryable: true });
    }
  }
}
