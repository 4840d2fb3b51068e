import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import type { Member } from "@parley/shared/protocol/snapshot";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { Emitter } from "../emitter";
import { ProblemError } from "../problem";
import type { ClientEvent, ConnectionState } from "../room/client-event";
import type { RoomClientPort } from "../room/room-client";
import { entryChanges } from "../transcript/entry-changes";
import { inOrder, withEntry, withoutEntry } from "../transcript/entry-list";
import type { JoinedRoomEvents, Line, Person, State } from "./joined-room-events";

type Emitters = { [Name in keyof JoinedRoomEvents]: Emitter<JoinedRoomEvents[Name]> };

const initialState: State = {
  connection: "connecting",
  problem: null,
  microphone: "opening",
  microphoneProblem: null,
  isMuted: false,
  isSoundBlocked: false,
};

/** A room that this page has joined or is joining. `joinRoom` makes one. */
export class JoinedRoom {
  /**
   * Resolves when sound flows for the first time, and rejects with a {@link ProblemError} if the
   * room cannot be joined or was left before. Nobody has to look at it: `state` says the same.
   */
  readonly joined: Promise<void>;
  readonly #client: RoomClientPort;
  readonly #emitters: Emitters = {
    line: new Emitter(),
    "line-removed": new Emitter(),
    agent: new Emitter(),
    people: new Emitter(),
    level: new Emitter(),
    state: new Emitter(),
  };
  #resolve: () => void = () => undefined;
  #reject: (error: ProblemError) => void = () => undefined;
  #state = initialState;
  #agent: AgentState = "away";
  #members: readonly Member[] = [];
  #entries: readonly TranscriptEntry[] = [];
  /** Ids under which this page has been in the room: a server that restarted gives a new one. */
  readonly #ownIds = new Set<MemberId>();

  /** @param client one that has not joined yet */
  constructor(client: RoomClientPort) {
    this.#client = client;
    this.joined = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever looks at `state` alone must not get an unhandled rejection.
    this.joined.catch(() => undefined);
    client.subscribe((event) => {
      this.#apply(event);
    });
  }

  /** How things stand at this end. */
  get state(): State {
    return this.#state;
  }

  /** What the agent does; `away` until it has come. */
  get agent(): AgentState {
    return this.#agent;
  }

  /** Everybody in the room. */
  get people(): readonly Person[] {
    return this.#members.map((member) => this.#person(member));
  }

  /** The transcript so far, by the time at which speaking began. */
  get lines(): readonly Line[] {
    return this.#entries.map((entry) => this.#line(entry));
  }

  /** Calls back at each event of the name. @returns a function that ends it. */
  on<Name extends keyof JoinedRoomEvents>(
    name: Name,
    listener: (value: JoinedRoomEvents[Name]) => void,
  ): () => void {
    return this.#emitters[name].subscribe(listener);
  }

  /** Mutes the own microphone, or opens it again. */
  mute(isMuted = true): void {
    this.#client.setMuted(isMuted);
  }

  /** Sends a typed message. It is kept, and sent later, while the room cannot be reached. */
  say(text: string): void {
    this.#client.sendMessage(text);
  }

  /** Stops the agent's reply. */
  interrupt(): void {
    this.#client.interrupt();
  }

  /**
   * Speaks through another microphone; null for the system's choice.
   *
   * @param processing what the browser does to its sound, as in `joinRoom`
   */
  async chooseMicrophone(
    deviceId: string | null,
    processing: { suppressesNoise?: boolean; cancelsEcho?: boolean } = {},
  ): Promise<void> {
    const { suppressesNoise = true, cancelsEcho = true } = processing;
    await this.#client.chooseMicrophone({ deviceId, suppressesNoise, cancelsEcho });
  }

  /** Plays everybody on another speaker; null for the system's choice. */
  async chooseSpeaker(deviceId: string | null): Promise<void> {
    await this.#client.chooseSpeaker(deviceId);
  }

  /** Sets how loud the agent is here, 0 to 1. */
  setAgentVolume(volume: number): void {
    this.#client.setAgentVolume(volume);
  }

  /** Plays sound that the browser has blocked. Call from a click. */
  unlockSound(): void {
    this.#client.unlockPlayback();
  }

  /** Leaves the room, and lets go of microphone and sound. Idempotent. */
  async leave(): Promise<void> {
    await this.#client.leave();
  }

  #apply(event: ClientEvent): void {
    switch (event.type) {
      case "connection-changed":
        this.#onConnection(event.connection);
        break;
      case "snapshot-applied":
        this.#ownIds.add(event.memberId);
        this.#setMembers(event.snapshot.members);
        this.#setAgent(event.snapshot.agentState);
        this.#setEntries(inOrder(event.snapshot.entries));
        break;
      case "roster-changed":
        this.#setMembers(event.members);
        break;
      case "room-event":
        this.#applyRoomEvent(event.body);
        break;
      case "levels-changed":
        this.#emitters.level.emit({
          own: event.microphoneLevel,
          agent: Math.max(0, ...this.#agents().map((id) => event.levels.get(id) ?? 0)),
          others: event.levels,
        });
        break;
      case "microphone-changed": {
        const { microphone } = event;
        const microphoneProblem = microphone.state === "unavailable" ? microphone.problem : null;
        this.#change({ microphone: microphone.state, microphoneProblem });
        break;
      }
      case "muted-changed":
        this.#change({ isMuted: event.isMuted });
        break;
      case "playback-blocked-changed":
        this.#change({ isSoundBlocked: event.isBlocked });
        break;
      case "problem-changed":
        this.#change({ problem: event.problem });
        break;
      case "messages-pending":
      case "muted-speech-changed":
      case "sound-delay-measured":
      case "media-routes-changed":
        break;
    }
  }

  #applyRoomEvent(body: RoomEventBody): void {
    switch (body.type) {
      case "transcript-partial":
      case "transcript-final":
        this.#setEntries(withEntry(this.#entries, body.entry));
        break;
      case "transcript-retract":
        this.#setEntries(withoutEntry(this.#entries, body.entryId));
        break;
      case "agent-state":
        this.#setAgent(body.state);
        break;
      case "agent-hearing":
      case "transcript-storage":
      case "misheard-members":
      case "agent-problem":
      case "turn-timings":
      case "reply-start":
      case "reply-flush":
      case "reply-hold":
      case "reply-resume":
      case "reply-end":
        break;
    }
  }

  #onConnection(connection: ConnectionState): void {
    this.#change({ connection });
    if (connection === "connected") this.#resolve();
    if (connection !== "failed" && connection !== "closed") return;
    const problem = this.#state.problem ?? "room-closed";
    this.#reject(new ProblemError(problem, `The room could not be joined: ${problem}.`));
  }

  #change(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#emitters.state.emit(this.#state);
  }

  #setAgent(agent: AgentState): void {
    if (agent === this.#agent) return;
    this.#agent = agent;
    this.#emitters.agent.emit(agent);
  }

  #setMembers(members: readonly Member[]): void {
    this.#members = members;
    this.#emitters.people.emit(this.people);
  }

  #setEntries(entries: readonly TranscriptEntry[]): void {
    const { changed, removed } = entryChanges(this.#entries, entries);
    this.#entries = entries;
    for (const id of removed) this.#emitters["line-removed"].emit({ id });
    for (const entry of changed) this.#emitters.line.emit(this.#line(entry));
  }

  #agents(): MemberId[] {
    return this.#members.filter(({ isAgent }) => isAgent).map(({ memberId }) => memberId);
  }

  #person({ memberId, name, isAgent, isMuted, isConnected }: Member): Person {
    const isOwn = this.#ownIds.has(memberId);
    return { id: memberId, name, isAgent, isOwn, isMuted, isConnected };
  }

  #line(entry: TranscriptEntry): Line {
    const { entryId, kind, name, text, isFinal, isInterrupted, startedAtMs } = entry;
    const isAgent = kind === "reply" || kind === "tool";
    const isOwn = this.#ownIds.has(entry.memberId);
    return { id: entryId, kind, name, text, isFinal, isInterrupted, isAgent, isOwn, startedAtMs };
  }
}
