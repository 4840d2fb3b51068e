import { childController } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import { toWireError } from "@parley/shared/errors";
import type { HistoryLine, LinkRequest } from "@parley/shared/protocol/agent-link";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import { AddressBook } from "./address-book";
import { BackgroundVoices } from "./background-voices";
import type { SessionEngines } from "./engines";
import { FloorControl } from "./floor-control";
import { EchoControl } from "./own-voice/echo-control";
import { HearingMonitor } from "./hearing/hearing-monitor";
import { Speaker } from "./hearing/speaker";
import type { TurnChange } from "./hearing/turn";
import { ChatFailures } from "./replying/chat-failures";
import { Conversation } from "./replying/conversation";
import { Reply } from "./replying/reply";
import type { SpeculationCounts } from "./replying/speculation-tally";
import { systemPrompt } from "./replying/system-prompt";
import type { SessionOutput } from "./session-output";
import type { SessionSettings } from "./settings";
import { Announcer } from "./tools/announcer";
import { RoomTools } from "./tools/room-tools";
import type { Timers } from "./tools/timers";
import { TurnStamps } from "./turn-stamps";
import { agentPhrases } from "./words/agent-phrases";
import { calledBy } from "./words/called-name";
import { namePhrases } from "./words/name-phrases";

export type SessionInput =
  | Exclude<LinkRequest, { type: "session-open" }>
  /** 16 kHz; `stampMs` is the Unix time at which it reached the tap. */
  | { type: "microphone"; memberId: MemberId; samples: Int16Array; stampMs: number };

type Member = { name: string; speaker: Speaker };

/** Interval between errors told: a recogniser that fails does so for every frame. */
const minErrorIntervalMs = 10_000;

/** The agent in one room: what people say, type and hear goes in; what it says comes out. */
export class AgentSession {
  readonly #engines: SessionEngines;
  readonly #agent: AgentSettings;
  readonly #clock: Clock;
  readonly #settings: SessionSettings;
  readonly #output: SessionOutput;
  readonly #conversation: Conversation;
  readonly #controller: AbortController;
  readonly #members = new Map<MemberId, Member>();
  readonly #turnStamps = new TurnStamps();
  readonly #tools: RoomTools;
  readonly #announcer: Announcer;
  readonly #floor: FloorControl;
  readonly #hearing: HearingMonitor;
  readonly #echo = new EchoControl();
  readonly #background: BackgroundVoices;
  #hasGreeted = false;
  #cancelGreeting: (() => void) | null = null;
  #lastErrorAtMs = -Infinity;

  constructor(options: {
    engines: SessionEngines;
    agent: AgentSettings;
    members: readonly { memberId: MemberId; name: string }[];
    history: readonly HistoryLine[];
    clock: Clock;
    settings: SessionSettings;
    output: SessionOutput;
    /** Of the room, from earlier sessions on. */
    timers: Timers;
    /** Aborting it closes the session. */
    signal: AbortSignal;
  }) {
    const { engines, agent, clock, settings } = options;
    this.#engines = engines;
    this.#agent = agent;
    this.#clock = clock;
    this.#settings = settings;
    this.#controller = childController(options.signal);
    const { signal } = this.#controller;
    const conversation = (this.#conversation = new Conversation({
      history: options.history,
      systemPrompt: () => systemPrompt(agent, this.#memberNames(), !this.#tools.isEmpty),
      settings,
    }));
    this.#announcer = new Announcer({
      clock,
      arrivalMs: settings.greetingDelayMs,
      isAnybodyThere: () => this.#members.size > 0,
      say: (text) => {
        this.#floor.take({ type: "announcement-due", text });
      },
    });
    const tools = (this.#tools = new RoomTools({
      ...{ agent, history: options.history, output: options.output, clock, settings, signal },
      timers: options.timers,
      sets: engines.chatModel.usesTools === true ? engines.toolSets : [],
      nameOf: (memberId) => this.#nameOf(memberId),
      language: () => engines.synthesizer.languages?.[0] ?? "en",
      say: (text) => {
        this.#announcer.say(text);
      },
      onLateResult: () => {
        this.#floor.take({ type: "conversation-changed" });
      },
    }));
    const output: SessionOutput = {
      ...options.output,
      notice: (notice) => {
        tools.hear(notice);
        this.#echo.noticed(notice);
        options.output.notice(notice);
      },
      replyAudio: (frame) => {
        this.#echo.sent(frame);
        options.output.replyAudio(frame);
      },
    };
    this.#output = output;
    const { voice } = agent;
    const turnStamps = this.#turnStamps;
    const failures = new ChatFailures((problem) => {
      output.notice({ type: "agent-problem", problem });
    });
    const common = { conversation, output, clock, settings, signal };
    const replying = { ...common, engines, voice, failures, turnStamps, tools };
    this.#floor = new FloorControl({
      conversation,
      makeReply: (content, onChanged) => new Reply({ ...replying, content, onChanged }),
      nameOf: (memberId) => this.#nameOf(memberId),
      reopen: (earlier) => this.#members.get(earlier.memberId)?.speaker.reopen(earlier),
      names: () => this.#names(),
      addressBook: new AddressBook({ agent, people: () => this.#people(), clock, settings }),
      echo: this.#echo,
      tooMuchTyped: () => agentPhrases(engines.synthesizer.languages?.[0] ?? "en").tooMuchTyped,
      output,
      clock,
      settings,
    });
    const isCalled = (text: string) => calledBy(text, [{ who: agent, name: agent.name }]) !== null;
    this.#background = new BackgroundVoices({ clock, settings, isCalled });
    this.#hearing = new HearingMonitor({ recognizer: engines.recognizer, settings, output });
    // A conversation that is resumed has had its greeting.
    this.#hasGreeted = options.history.length > 0 || agent.greeting.trim() === "";
    for (const { memberId, name } of options.members) this.#join(memberId, name);
    signal.addEventListener("abort", () => {
      this.#cancelGreeting?.();
      for (const { speaker } of this.#members.values()) speaker.close();
      this.#members.clear();
      this.#announcer.close();
      this.#floor.close();
    });
  }

  /** How often replies made ahead served so far. */
  get speculation(): SpeculationCounts {
    return this.#floor.speculation;
  }

  /** Never throws for a member or reply that is not known: they come and go under way. */
  accept(input: SessionInput): void {
    if (this.#controller.signal.aborted) return;
    switch (input.type) {
      case "microphone":
        this.#hear(input.memberId, input.samples, input.stampMs);
        break;
      case "member-joined":
        this.#join(input.memberId, input.name);
        break;
      case "member-left":
        this.#leave(input.memberId);
        break;
      case "message":
        if (input.text.trim() === "") break;
        this.#tools.read(input.messageId, input.memberId, input.text);
        this.#floor.message(input.memberId, input.text.trim());
        break;
      case "interrupt":
        this.#floor.interrupt(input.replyId);
        break;
      case "playout":
        this.#echo.reported(input);
        this.#floor.playout(input);
        break;
    }
  }

  /** Idempotent. Nothing comes out afterwards. */
  close(): void {
    this.#controller.abort();
  }

  #hear(memberId: MemberId, samples: Int16Array, stampMs: number): void {
    const speaker = this.#members.get(memberId)?.speaker;
    const isGated = this.#settings.isOwnVoiceGated;
    speaker?.hear(isGated ? this.#echo.clean(memberId, samples, stampMs) : samples, stampMs);
  }

  #join(memberId: MemberId, name: string): void {
    const known = this.#members.get(memberId);
    if (known !== undefined) {
      known.name = name;
      this.#updatePhrases();
      return;
    }
    const phrases = this.#updatePhrases(name);
    this.#members.set(memberId, { name, speaker: this.#openSpeaker(memberId, phrases) });
    this.#floor.memberJoined();
    this.#announcer.joined();
    if (this.#hasGreeted) return;
    this.#hasGreeted = true;
    this.#cancelGreeting = this.#clock.schedule(this.#settings.greetingDelayMs, () => {
      const { greeting: text } = this.#agent;
      const isConversationEmpty = this.#conversation.isEmpty;
      // Speaks first, unless somebody else did.
      this.#floor.take({ type: "greeting-due", text, isConversationEmpty });
    });
  }

  #leave(memberId: MemberId): void {
    const member = this.#members.get(memberId);
    if (member === undefined) return;
    const { turn } = member.speaker;
    member.speaker.close();
    if (turn !== null) this.#turnChanged({ type: "abandoned", turn });
    this.#members.delete(memberId);
    this.#echo.forget(memberId);
    this.#background.forget(memberId);
    this.#hearing.forget(memberId);
    this.#updatePhrases();
    if (this.#members.size === 0) this.#floor.clear();
  }

  /** Sets the phrases of every recogniser stream to the names in the room. @returns the phrases */
  #updatePhrases(...joining: string[]): string[] {
    const phrases = namePhrases([...this.#names(), ...joining]);
    for (const { speaker } of this.#members.values()) speaker.setPhrases(phrases);
    return phrases;
  }

  #openSpeaker(memberId: MemberId, phrases: readonly string[]): Speaker {
    return new Speaker({
      memberId,
      engines: this.#engines,
      phrases,
      turnStamps: this.#turnStamps,
      clock: this.#clock,
      settings: this.#settings,
      setting: {
        language: this.#engines.synthesizer.languages?.[0] ?? "en",
        patience: this.#agent.patience,
        agentsQuestion: () => this.#conversation.openQuestion,
        names: () => this.#names(),
        mayInterrupt: () => this.#floor.mayBeInterruptedBy(memberId),
      },
      signal: this.#controller.signal,
      onTurn: (change) => {
        this.#turnChanged(change);
      },
      onFailed: (error) => {
        this.#fail(error);
      },
    });
  }

  #turnChanged(change: TurnChange): void {
    if (this.#background.isBackground(change.turn)) {
      this.#floor.turnIgnored(change.turn);
      return;
    }
    if (change.type === "closed") this.#background.ended(change.turn);
    this.#floor.turnChanged(change);
    this.#hearing.turnChanged(change);
  }

  #people(): { memberId: MemberId; name: string }[] {
    return [...this.#members].map(([memberId, { name }]) => ({ memberId, name }));
  }

  /** Of the agent and of people present. */
  #names(): string[] {
    return [this.#agent.name, ...this.#memberNames()];
  }

  #nameOf(memberId: MemberId): string {
    return this.#members.get(memberId)?.name ?? "";
  }

  #memberNames(): string[] {
    return [...this.#members.values()].map(({ name }) => name);
  }

  #fail(error: Error): void {
    const nowMs = this.#clock.now();
    if (this.#controller.signal.aborted || nowMs - this.#lastErrorAtMs < minErrorIntervalMs) return;
    this.#lastErrorAtMs = nowMs;
    this.#output.notice({ type: "error", error: toWireError(error) });
  }
}
