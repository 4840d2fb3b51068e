import type { Clock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import {
  agentLinkProtocol,
  type LinkNotice,
  type LinkRequest,
} from "@parley/shared/protocol/agent-link";
import type { EntryId, MemberId } from "@parley/shared/protocol/ids";
import type { MemberEvent } from "@parley/shared/protocol/room-event";
import type { Log } from "../contracts/log";
import type { MediaEngine, MediaEngineEvent } from "../contracts/media-engine";
import type { Room } from "../rooms/room";
import type { RoomSignal } from "../rooms/room-signal";
import { conversationHistory } from "./conversation-history";
import { LinkTranslator } from "./link-translator";
import { unansweredLines } from "./unanswered-lines";

export type AgentMedia = Pick<MediaEngine, "openRoom" | "openAgent" | "sendToAgent" | "closeAgent">;

export type AgentLinkEvent = Extract<
  MediaEngineEvent,
  { type: "link-opened" | "link-lost" | "link-notice" }
>;

type LinkLost = Extract<AgentLinkEvent, { type: "link-lost" }>;
type TypedMessage = Extract<LinkRequest, { type: "message" }>;

/** Limit on typed messages kept while the agent is away; the oldest are dropped first. */
const maxWaitingMessages = 50;

/**
 * Time, in ms, within which the loss of a link that died is noticed, and a little more. What was sent
 * earlier and not answered was for somebody else.
 */
const unheardMs = 5_000;

const retryMs = 1_000;

/** Workers without room are told of once none had any for so long, in ms. */
const noPlaceMs = 1_000;

/**
 * Longest wait, in ms, for the words of a turn that will be heard again; the microphones' sound would
 * not wait longer either.
 */
const replayMs = 12_000;

/**
 * The agent's seat in a room. It joins as any member does; its media are in the media engine, its
 * session is in inference, at the other end of the link.
 */
export class AgentSeat {
  readonly #room: Room;
  readonly #media: AgentMedia;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #memberId: MemberId;
  readonly #translator: LinkTranslator;
  #waiting: TypedMessage[] = [];
  /** Messages to which the agent has not stirred yet. */
  #sent: { message: TypedMessage; atMs: number }[] = [];
  #hasOpened = false;
  #isReady = false;
  #isClosed = false;
  #cancelRetry: (() => void) | null = null;
  /** Timers that run while there is no session. */
  #cancelWaits: (() => void)[] = [];

  constructor(room: Room, media: AgentMedia, services: { clock: Clock; log: Log }) {
    this.#room = room;
    this.#media = media;
    this.#clock = services.clock;
    this.#log = services.log;
    this.#memberId = room.seatAgent(room.record.agent.name);
    this.#translator = new LinkTranslator(room, this.#memberId, services);
    for (const line of unansweredLines(room.entries, this.#clock.now())) this.#keep(line);
    room.subscribe((signal) => {
      this.#handleSignal(signal);
    });
  }

  handle(event: AgentLinkEvent): void {
    if (this.#isClosed) return;
    switch (event.type) {
      case "link-opened":
        this.#openSession();
        break;
      case "link-lost":
        this.#handleLinkLost(event);
        break;
      case "link-notice":
        this.#handleNotice(event.notice);
        break;
    }
  }

  #handleSignal(signal: RoomSignal): void {
    switch (signal.type) {
      case "member-joined": {
        const { memberId, name } = signal.member;
        if (this.#hasOpened) this.#send({ type: "member-joined", memberId, name });
        else this.#open();
        break;
      }
      case "member-left":
        this.#send({ type: "member-left", memberId: signal.memberId });
        break;
      case "member-event":
        this.#handleMemberEvent(signal.memberId, signal.event);
        break;
      case "media-restarted":
        this.#open();
        break;
      case "closed":
        this.#close();
        break;
      case "event":
      case "roster-changed":
      case "media-available":
      case "media-closed":
        break;
    }
  }

  /** Messages that went into a link which was lost before anything showed that they had arrived. */
  #takeUnheard(): TypedMessage[] {
    const sinceMs = this.#clock.now() - unheardMs;
    return this.#sent.splice(0).flatMap(({ message, atMs }) => (atMs < sinceMs ? [] : [message]));
  }

  /** Opens the agent's voice and link, with retries; what is open stays. */
  #open(): void {
    this.#hasOpened = true;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#openMedia().catch((error: unknown) => {
      if (this.#isClosed) return;
      this.#log.warn(
        { roomId: this.#room.roomId, reason: errorMessage(error) },
        "the agent's media could not be opened; trying again",
      );
      this.#cancelRetry = this.#clock.schedule(retryMs, () => {
        this.#open();
      });
    });
  }

  async #openMedia(): Promise<void> {
    const { roomId } = this.#room;
    const { mediaEpoch } = await this.#media.openRoom({ roomId });
    this.#room.enterMediaEpoch(mediaEpoch);
    const { voice, language } = this.#room.record.agent;
    const wish = { voice, language };
    const { producerId } = await this.#media.openAgent({ roomId, wish });
    this.#room.addMedia(producerId, this.#memberId);
  }

  #openSession(): void {
    this.#isReady = false;
    const waiting = new Set<EntryId>(this.#waiting.map(({ messageId }) => messageId));
    const people = this.#room.snapshot().members.filter((member) => !member.isAgent);
    this.#send({
      type: "session-open",
      protocol: agentLinkProtocol,
      roomId: this.#room.roomId,
      agent: this.#room.record.agent,
      members: people.map(({ memberId, name }) => ({ memberId, name })),
      history: conversationHistory(this.#room.entries, waiting),
    });
  }

  #handleNotice(notice: LinkNotice): void {
    if (notice.type === "session-ready") {
      this.#isReady = true;
      this.#endWaits();
      this.#translator.retractReplayed();
      this.#log.info(
        { roomId: this.#room.roomId, engines: notice.engines },
        "the agent's session is ready",
      );
      const { recognizer, isDemonstration } = notice.engines;
      this.#room.publish({ type: "agent-hearing", hearing: { recognizer, isDemonstration } });
      // A new session knows nothing of the turns of the last one.
      if (this.#room.snapshot().misheardMembers.length > 0) {
        this.#room.publish({ type: "misheard-members", memberIds: [] });
      }
      this.#room.publish({ type: "agent-state", state: "listening" });
      for (const message of this.#waiting.splice(0)) this.#sendMessage(message);
    } else if (notice.type === "error") {
      this.#log.warn(
        { roomId: this.#room.roomId, code: notice.error.code },
        "inference reported an error",
      );
    }
    const isBusy = notice.type === "agent-state" && notice.state !== "listening";
    if (isBusy || notice.type === "reply-start") this.#sent = [];
    this.#translator.translate(notice);
  }

  #handleLinkLost({ error, replayedMembers }: LinkLost): void {
    const { roomId } = this.#room;
    const code = error?.code ?? null;
    this.#log.warn({ roomId, code }, "the link to inference was lost");
    const unanswered = this.#translator.endWork(replayedMembers);
    for (const message of this.#takeUnheard()) this.#keep(message);
    if (unanswered !== null) this.#keep(unanswered);
    if (replayedMembers.length > 0) {
      this.#wait(replayMs, () => {
        this.#translator.endReplayed();
      });
    }
    if (this.#isReady) this.#room.publish({ type: "agent-state", state: "away" });
    this.#isReady = false;
    if (code === "at-capacity") this.#tellNoPlace();
  }

  /** Says that no worker has room, unless one takes the room soon. */
  #tellNoPlace(): void {
    if (this.#room.agentProblem === "no-place") return;
    this.#wait(noPlaceMs, () => {
      if (this.#room.agentProblem === "no-place") return;
      this.#room.publish({ type: "agent-problem", problem: "no-place" });
    });
  }

  #wait(ms: number, then: () => void): void {
    this.#cancelWaits.push(this.#clock.schedule(ms, then));
  }

  #endWaits(): void {
    for (const cancel of this.#cancelWaits.splice(0)) cancel();
  }

  #handleMemberEvent(memberId: MemberId, event: MemberEvent): void {
    switch (event.type) {
      case "interrupt":
        if (this.#isReady) this.#send({ type: "interrupt", memberId, replyId: event.replyId });
        break;
      case "message":
        this.#handleMessage({ ...event, memberId });
        break;
    }
  }

  #handleMessage({ messageId, memberId, text }: TypedMessage): void {
    // Browsers resend a message when they cannot know whether it arrived.
    if (this.#room.entry(messageId) !== undefined) return;
    this.#room.publish({
      type: "transcript-final",
      entry: {
        entryId: messageId,
        kind: "message",
        memberId,
        name: this.#room.nameOf(memberId) ?? "",
        text,
        revision: 0,
        isFinal: true,
        isInterrupted: false,
        startedAtMs: this.#clock.now(),
      },
    });
    const message: TypedMessage = { type: "message", messageId, memberId, text };
    if (this.#isReady) this.#sendMessage(message);
    else this.#keep(message);
  }

  #sendMessage(message: TypedMessage): void {
    const sent = { message, atMs: this.#clock.now() };
    this.#sent = [...this.#sent, sent].slice(-maxWaitingMessages);
    this.#send({ ...message, memberId: this.#presentId(message) });
  }

  /** Who said it, by the seat of today: whoever comes back from another server has a new one. */
  #presentId({ memberId, messageId }: TypedMessage): MemberId {
    if (this.#room.nameOf(memberId) !== undefined) return memberId;
    const name = this.#room.entry(messageId)?.name;
    const { members } = this.#room.snapshot();
    return members.find((member) => member.name === name)?.memberId ?? memberId;
  }

  #keep(message: TypedMessage): void {
    const others = this.#waiting.filter(({ messageId }) => messageId !== message.messageId);
    this.#waiting = [...others, message].slice(-maxWaitingMessages);
  }

  #send(request: LinkRequest): void {
    if (!this.#hasOpened || this.#isClosed) return;
    const { roomId } = this.#room;
    // A link lost meanwhile is reported by itself, and the next `session-open` carries the state.
    this.#media.sendToAgent({ roomId, request }).catch(() => undefined);
  }

  #close(): void {
    this.#isClosed = true;
    this.#cancelRetry?.();
    this.#endWaits();
    this.#translator.endReplayed();
    this.#media.closeAgent({ roomId: this.#room.roomId }).catch(() => undefined);
  }
}
