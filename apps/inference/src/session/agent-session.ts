import { childController } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import { toWireError } from "@parley/shared/errors";
import type { HistoryLine } from "@parley/shared/protocol/agent-link";
import { greetingIn } from "@parley/shared/protocol/greetings";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import { AddressBook } from "./address-book";
import { ConversationLanguage } from "./conversation-language";
import type { SessionEngines } from "./engines";
import { FloorControl } from "./floor-control";
import { Greeting } from "./greeting";
import { EchoControl } from "./own-voice/echo-control";
import { ChatFailures } from "./replying/chat-failures";
import { Conversation } from "./replying/conversation";
import { Reply } from "./replying/reply";
import { promptOf, replyParticulars } from "./replying/reply-particulars";
import type { SpeculationCounts } from "./replying/speculation-tally";
import { RoomHearing } from "./room-hearing";
import type { SessionInput } from "./session-input";
import { roomManner, type SessionManner } from "./session-manner";
import type { SessionOutput } from "./session-output";
import type { SessionSettings } from "./settings";
import { Announcer } from "./tools/announcer";
import { RoomTools } from "./tools/room-tools";
import type { Timers } from "./tools/timers";
import { TurnStamps } from "./turn-stamps";
import { agentPhrases } from "./words/agent-phrases";

/** Interval between errors told: a recogniser that fails does so for every frame. */
const minErrorIntervalMs = 10_000;

/** The agent in one room: what people say, type and hear goes in; what it says comes out. */
export class AgentSession {
  #agent: AgentSettings;
  #manner: SessionManner;
  readonly #clock: Clock;
  #settings: SessionSettings;
  readonly #output: SessionOutput;
  readonly #conversation: Conversation;
  readonly #controller: AbortController;
  readonly #tools: RoomTools;
  readonly #announcer: Announcer;
  readonly #floor: FloorControl;
  readonly #hearing: RoomHearing;
  readonly #greeting: Greeting;
  readonly #language: ConversationLanguage;
  readonly #echo = new EchoControl();
  #lastErrorAtMs = -Infinity;

  constructor(options: {
    engines: SessionEngines;
    agent: AgentSettings;
    members: readonly { memberId: MemberId; name: string }[];
    history: readonly HistoryLine[];
    /** A room's unless given. */
    manner?: SessionManner;
    clock: Clock;
    settings: SessionSettings;
    output: SessionOutput;
    /** Of the room, from earlier sessions on. */
    timers: Timers;
    /** Aborting it closes the session. */
    signal: AbortSignal;
  }) {
    const { engines, agent, clock, settings } = options;
    this.#agent = agent;
    this.#manner = options.manner ?? roomManner;
    this.#clock = clock;
    this.#settings = settings;
    this.#controller = childController(options.signal);
    const { signal } = this.#controller;
    const output: SessionOutput = {
      ...options.output,
      notice: (notice) => {
        this.#tools.hear(notice);
        this.#echo.noticed(notice);
        options.output.notice(notice);
      },
      replyAudio: (frame) => {
        this.#echo.sent(frame);
        options.output.replyAudio(frame);
      },
    };
    this.#output = output;
    const turnStamps = new TurnStamps();
    const language = (this.#language = new ConversationLanguage({
      synthesizer: engines.synthesizer,
      wanted: () => this.#agent.language,
      onMissing: (missing) => {
        output.languageMissing?.(missing);
      },
    }));
    this.#hearing = new RoomHearing({
      engines,
      language,
      clock,
      output,
      turnStamps,
      signal,
      echo: this.#echo,
      present: () => ({ agent: this.#agent, manner: this.#manner, settings: this.#settings }),
      agentsQuestion: () => this.#conversation.openQuestion,
      floor: () => this.#floor,
      onVoice: () => engines.chatModel.prepare?.(),
      onFailed: (error) => {
        this.#fail(error);
      },
    });
    const { members } = this.#hearing;
    const conversation = (this.#conversation = new Conversation({
      history: options.history,
      systemPrompt: (request) => promptOf(request, this.#replying, members.peopleNames),
      settings,
    }));
    this.#announcer = new Announcer({
      clock,
      arrivalMs: settings.greetingDelayMs,
      isAnybodyThere: () => !members.isEmpty,
      say: (text) => {
        this.#floor.take({ type: "announcement-due", text });
      },
    });
    this.#tools = new RoomTools({
      agent,
      history: options.history,
      output: options.output,
      clock,
      settings,
      signal,
      timers: options.timers,
      sets: engines.chatModel.usesTools === true ? engines.toolSets : [],
      nameOf: (memberId) => members.nameOf(memberId),
      language: () => language.spoken,
      say: (text) => {
        this.#announcer.say(text);
      },
      onLateResult: () => {
        this.#floor.take({ type: "conversation-changed" });
      },
    });
    const failures = new ChatFailures((problem) => {
      output.notice({ type: "agent-problem", problem });
    });
    const common = { conversation, output, clock, settings, signal };
    const replying = { ...common, engines, failures, turnStamps };
    this.#floor = new FloorControl({
      conversation,
      makeReply: (content, onChanged) =>
        new Reply({
          ...replying,
          ...replyParticulars(content, this.#replying),
          content,
          onChanged,
        }),
      nameOf: (memberId) => members.nameOf(memberId),
      reopen: (earlier) => members.speakerOf(earlier.memberId)?.reopen(earlier),
      names: () => members.names,
      manner: () => this.#manner,
      addressBook: new AddressBook({ agent, people: () => members.people, clock, settings }),
      echo: this.#echo,
      agentName: agent.name,
      phrases: () => agentPhrases(language.spoken),
      output,
      clock,
      settings,
    });
    this.#greeting = new Greeting({
      clock,
      delayMs: settings.greetingDelayMs,
      // A conversation that is resumed has had its greeting.
      isOver: options.history.length > 0 || agent.greeting.trim() === "",
      greet: () => {
        const isConversationEmpty = this.#conversation.isEmpty;
        // Speaks first, unless somebody else did.
        const text = greetingIn(language.spoken, agent.greeting);
        this.#floor.take({ type: "greeting-due", text, isConversationEmpty });
      },
    });
    for (const { memberId, name } of options.members) this.#join(memberId, name);
    signal.addEventListener("abort", () => {
      this.#greeting.close();
      this.#hearing.close();
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
        this.#hearing.hear(input.memberId, input.samples, input.stampMs);
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
      case "turn-commit":
        this.#hearing.members.speakerOf(input.memberId)?.commit();
        break;
      case "turn-discard":
        this.#hearing.members.speakerOf(input.memberId)?.discard();
        break;
      case "answer-asked":
        this.#floor.take(input);
        break;
      case "session-changed":
        this.#change(input);
        break;
      case "line-added":
      case "line-removed":
      case "reply-corrected":
        this.#conversation.edit(input);
        break;
    }
  }

  /** Sound of the member's that waits to be heard, ms: who can wait sends no more above a second. */
  waitingSoundMs(memberId: MemberId): number {
    return this.#hearing.members.speakerOf(memberId)?.waitingMs ?? 0;
  }

  /** Idempotent. Nothing comes out afterwards. */
  close(): void {
    this.#controller.abort();
  }

  /** Who speaks at present is heard from the beginning of what comes next. */
  #change({ agent, manner, settings }: Extract<SessionInput, { type: "session-changed" }>): void {
    const before = JSON.stringify([this.#agent.patience, this.#manner.turnEnd, this.#settings]);
    const terms = this.#manner.terms.join("\n");
    this.#agent = agent;
    this.#manner = manner;
    this.#settings = settings;
    if (JSON.stringify([agent.patience, manner.turnEnd, settings]) !== before) {
      this.#hearing.reopen();
    } else if (manner.terms.join("\n") !== terms) this.#hearing.members.setPhrases();
  }

  /** What replies depend on, at present. */
  get #replying() {
    const [agent, manner, tools, output] = [this.#agent, this.#manner, this.#tools, this.#output];
    const [conversation, language] = [this.#conversation, this.#language];
    return { agent, manner, language, tools, output, conversation };
  }

  #join(memberId: MemberId, name: string): void {
    if (!this.#hearing.members.join(memberId, name)) return;
    this.#floor.memberJoined();
    this.#announcer.joined();
    this.#greeting.joined();
  }

  #leave(memberId: MemberId): void {
    this.#hearing.leave(memberId);
    if (this.#hearing.members.isEmpty) this.#floor.clear();
  }

  #fail(error: Error): void {
    const nowMs = this.#clock.now();
    if (this.#controller.signal.aborted || nowMs - this.#lastErrorAtMs < minErrorIntervalMs) return;
    this.#lastErrorAtMs = nowMs;
    this.#output.notice({ type: "error", error: toWireError(error) });
  }
}
