import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { AgentHearing } from "@parley/shared/protocol/agent-hearing";
import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { EntryId, MemberId, ReplyId, RoomId, SeatToken } from "@parley/shared/protocol/ids";
import type { MemberEvent, RoomEventBody } from "@parley/shared/protocol/room-event";
import type { RoomDescription } from "@parley/shared/protocol/rooms-api";
import type { RoomSnapshot } from "@parley/shared/protocol/snapshot";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { Log } from "../contracts/log";
import type { ArchivedRoom, RoomArchive, RoomRecord } from "../contracts/room-archive";
import type { RoomListener, RoomSignal } from "./room-signal";
import { Roster } from "./roster";
import { toMember, type Seat, type SeatHolder } from "./seat";
import { Transcript } from "./transcript";

export type RoomServices = { clock: Clock; archive: RoomArchive; log: Log };

/**
 * A room while somebody may be in it: who is here, what was said, what the agent is doing. It is
 * open, then closed for good; the archive opens it anew. It knows neither media nor sockets nor that
 * one of its members is an agent of a special kind: those watch it and act.
 */
export class Room {
  readonly record: RoomRecord;
  readonly #services: RoomServices;
  readonly #roster: Roster;
  readonly #transcript: Transcript;
  readonly #media = new Map<string, MemberId>();
  readonly #listeners = new Set<RoomListener>();
  #sequence = 0;
  #agentState: AgentState = "away";
  #agentHearing: AgentHearing | null = null;
  #replyId: ReplyId | null = null;
  #mediaEpoch: number | null = null;
  #isClosed = false;

  constructor(archived: ArchivedRoom, services: RoomServices) {
    this.record = archived.record;
    this.#services = services;
    this.#transcript = new Transcript(archived.entries);
    this.#roster = new Roster(services.clock, (memberId) => {
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

  /** @returns a function that ends the subscription. */
  subscribe(listener: RoomListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Takes a new seat, or the one that the token proves to be one's own. */
  join(request: { name: string; seatToken: SeatToken | null; holder: SeatHolder }): Seat {
    this.#assertOpen();
    const { name, seatToken, holder } = request;
    const resumed = seatToken === null ? null : this.#roster.resume(seatToken, name, holder);
    const seat = resumed ?? this.#roster.addPerson(name, holder);
    this.#tellRoster();
    if (resumed === null) this.#signal({ type: "member-joined", member: toMember(seat) });
    return seat;
  }

  /** A seat for one who needs no connection. */
  seatAgent(name: string): MemberId {
    this.#assertOpen();
    const { memberId } = this.#roster.addAgent(name);
    this.#tellRoster();
    return memberId;
  }

  /** The member's connection was lost: its seat is held for a while. */
  vacate(memberId: MemberId, holder: SeatHolder): void {
    if (this.#roster.vacate(memberId, holder)) this.#tellRoster();
  }

  leave(memberId: MemberId): void {
    const seat = this.#roster.remove(memberId);
    if (seat === undefined) return;
    for (const [producerId, owner] of [...this.#media]) {
      if (owner === memberId) this.removeMedia(producerId);
    }
    this.#tellRoster();
    if (!seat.isAgent) this.#signal({ type: "member-left", memberId });
  }

  setMuted(memberId: MemberId, isMuted: boolean): void {
    const seat = this.#roster.get(memberId);
    if (seat === undefined || seat.isMuted === isMuted) return;
    seat.isMuted = isMuted;
    this.#tellRoster();
  }

  /** The name of a member who is here or was. */
  nameOf(memberId: MemberId): string | undefined {
    return this.#roster.nameOf(memberId);
  }

  /** Says which epoch of media is the present one. Another than before ends all tracks. */
  enterMediaEpoch(mediaEpoch: number): void {
    const earlier = this.#mediaEpoch;
    if (earlier === mediaEpoch) return;
    this.#mediaEpoch = mediaEpoch;
    if (earlier === null) return;
    this.#media.clear();
    this.#signal({ type: "media-restarted", mediaEpoch });
  }

  addMedia(producerId: string, memberId: MemberId): void {
    // Its owner may have left while the track was being made.
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

  /** Something that a member sent to the room. */
  receive(memberId: MemberId, event: MemberEvent): void {
    if (this.#isClosed || this.#roster.get(memberId) === undefined) return;
    this.#signal({ type: "member-event", memberId, event });
  }

  /** Tells everybody, and keeps what a latecomer must know. */
  publish(body: RoomEventBody): void {
    if (this.#isClosed) return;
    this.#apply(body);
    this.#sequence += 1;
    this.#signal({ type: "event", event: { sequence: this.#sequence, body } });
  }

  entry(entryId: EntryId): TranscriptEntry | undefined {
    return this.#transcript.get(entryId);
  }

  /** Oldest first, those still being spoken included. */
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
      replyId: this.#replyId,
      entries: this.entries,
      media: [...this.#media].map(([producerId, memberId]) => ({ producerId, memberId })),
    };
  }

  describe(): RoomDescription {
    const { roomId, title, agent, createdAtMs } = this.record;
    return { roomId, title, agentName: agent.name, createdAtMs, memberCount: this.people };
  }

  /** Ends the room in memory; what was said stays in the archive. Idempotent. */
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
        break;
      case "transcript-final":
        this.#transcript.put(body.entry);
        this.#keep(body.entry);
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
      case "reply-start":
        this.#replyId = body.replyId;
        break;
      case "reply-flush":
      case "reply-end":
        if (this.#replyId === body.replyId) this.#replyId = null;
        break;
      case "turn-timings":
        break;
    }
  }

  #keep(entry: TranscriptEntry): void {
    const { archive, log } = this.#services;
    archive.append(this.roomId, entry).catch((error: unknown) => {
      log.error(
        { roomId: this.roomId, reason: errorMessage(error) },
        "a transcript entry could not be written",
      );
    });
  }

  #tellRoster(): void {
    this.#signal({ type: "roster-changed", members: this.#roster.list() });
  }

  /** A listener that throws must not keep the others from hearing. */
  #signal(signal: RoomSignal): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(signal);
      } catch (error) {
        const { log } = this.#services;
        log.error({ signal: signal.type, reason: errorMessage(error) }, "a room listener failed");
      }
    }
  }

  #assertOpen(): void {
    if (this.#isClosed) {
      throw new AppError("invalid-state", "The room is closing.", { isRetryable: true });
    }
  }
}
