import type { HistoryLine, LinkNotice } from "@parley/shared/protocol/agent-link";
import { newId, type EntryId, type MemberId } from "@parley/shared/protocol/ids";
import type { Patience } from "@parley/shared/protocol/rooms-api";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { HeardEnding, Recognizer } from "@parley/speech/contracts/recognizer";
import {
  CharacterSynthesizer,
  noiseSample,
  soundActivity,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import type { ToolSet } from "../contracts/tool";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { AgentSession } from "../session/agent-session";
import type { MissingLanguage } from "../session/conversation-language";
import { defaultSessionSettings, type SessionSettings } from "../session/settings";
import { Timers } from "../session/tools/timers";
import { CombinedTurnDetector } from "../turn/combined-turn-detector";
import { TranscriptTurnDetector } from "../turn/transcript-turn-detector";
import { ListedChatModel, type ListedAnswer } from "./listed-chat-model";
import { markingRecognizer } from "./marking-recognizer";
import { ScriptedPlayout } from "./scripted-playout";

const frameMs = 20;
const frameSamples = 320;
const wordMs = 200;

/** People use no loudspeakers here, and their samples are numbers of words, whose level says nothing. */
const scriptedSound = { isOwnVoiceGated: false, echoWarmUpMs: 0, backgroundBelowDb: Infinity };

export type ScriptOptions = {
  greeting?: string;
  /** Of the agent; the voice's first unless given. */
  language?: string;
  patience?: Patience;
  /** What is answered where several people are present; by default what is said to the agent. */
  answers?: "always" | "when-addressed";
  members?: readonly string[];
  answer?: ListedAnswer;
  settings?: Partial<SessionSettings>;
  /** In place of the one that speaks every character. */
  synthesizer?: CharacterSynthesizer;
  /** Signs that the recogniser gives when the words end so. */
  marks?: Readonly<Record<string, HeardEnding["type"]>>;
  /** Probability, by the sound, that whoever fell silent has finished; by default it does not tell. */
  sound?: number;
  /** In place of the one that hears the words that members say. */
  recognizer?: Recognizer;
  /** Code of the words that members say, for a recogniser that is to know it. */
  code?: WordCode;
  /** Sets of tools that the operator offers, and those that the room chose; all by default. */
  toolSets?: readonly ToolSet[];
  tools?: string[];
  history?: readonly HistoryLine[];
  /** Of an earlier session in the same room. */
  timers?: Timers;
  clock?: FakeClock;
  /** Confidence below which the usual recogniser says that it is in doubt. */
  doubtfulBelow?: number;
  /** In place of one that speaks every character, as the room's voice: it may be switched. */
  voice?: Synthesizer;
  /** Sees each notice as it leaves. */
  onNotice?: (notice: LinkNotice) => void;
};

/** A conversation on a fake clock, so that tests read as one: says, pauses, hears. */
export class ConversationScript {
  readonly clock: FakeClock;
  readonly notices: LinkNotice[] = [];
  /** Languages that were asked for, and that the voice or the recogniser lacks. */
  readonly missingLanguages: MissingLanguage[] = [];
  readonly synthesizer: CharacterSynthesizer;
  readonly chatModel: ListedChatModel;
  readonly playout: ScriptedPlayout;
  readonly session: AgentSession;
  readonly #code: WordCode;
  readonly #members = new Map<string, MemberId>();
  readonly #gone = new Map<MemberId, string>();
  /** What each member has yet to say, frame by frame. */
  readonly #speech = new Map<string, number[]>();
  readonly #muted = new Set<string>();

  constructor(options: ScriptOptions = {}) {
    this.clock = options.clock ?? new FakeClock();
    this.#code = options.code ?? new WordCode();
    this.synthesizer = options.synthesizer ?? new CharacterSynthesizer();
    this.chatModel = new ListedChatModel(options.answer ?? (() => ["Very well."]));
    this.playout = new ScriptedPlayout(this.clock, (report) => {
      this.session.accept(report);
    });
    for (const name of options.members ?? ["Ada"]) this.#members.set(name, newId<MemberId>());
    this.session = new AgentSession({
      engines: {
        voiceActivityDetector: soundActivity(),
        recognizer:
          options.recognizer ??
          markingRecognizer(
            { ...wordRecognizer(this.#code), doubtfulBelow: options.doubtfulBelow },
            options.marks ?? {},
          ),
        turnDetector: new CombinedTurnDetector({
          words: new TranscriptTurnDetector(),
          sound: { name: "scripted", probability: () => Promise.resolve(options.sound ?? null) },
          clock: this.clock,
          onFailed: (error) => {
            throw error;
          },
        }),
        chatModel: this.chatModel,
        synthesizer: options.voice ?? this.synthesizer,
        toolSets: options.toolSets ?? [],
      },
      agent: {
        name: "Parley",
        instructions: "",
        greeting: options.greeting ?? "",
        voice: "plain",
        language: options.language ?? "",
        patience: options.patience ?? "normal",
        answers: options.answers ?? "when-addressed",
        tools: options.tools ?? null,
      },
      members: [...this.#members].map(([name, memberId]) => ({ name, memberId })),
      history: options.history ?? [],
      timers: options.timers ?? new Timers(this.clock),
      clock: this.clock,
      settings: { ...defaultSessionSettings, ...scriptedSound, ...options.settings },
      output: {
        notice: (notice) => {
          this.notices.push(notice);
          options.onNotice?.(notice);
          this.playout.notice(notice);
        },
        replyAudio: (frame) => {
          this.playout.audio(frame);
        },
        languageMissing: (missing) => {
          this.missingLanguages.push(missing);
        },
      },
      signal: new AbortController().signal,
    });
  }

  memberId(name = "Ada"): MemberId {
    const memberId = this.#members.get(name);
    if (memberId === undefined) throw new Error(`nobody called ${name}`);
    return memberId;
  }

  nameOf(memberId: MemberId): string {
    const present = [...this.#members].find(([, id]) => id === memberId);
    return present?.[0] ?? this.#gone.get(memberId) ?? "";
  }

  /** Lets a member begin to speak, 200 ms a word; time does not pass yet. */
  begins(text: string, name = "Ada"): void {
    const frames = text
      .split(" ")
      .flatMap((word) => Array<number>(wordMs / frameMs).fill(this.#code.sampleOf(word)));
    this.#speech.set(name, frames);
  }

  /** A member speaks until the last word is out. */
  async says(text: string, name = "Ada"): Promise<void> {
    this.begins(text, name);
    await this.passes(text.split(" ").length * wordMs);
  }

  /** Something loud that holds no word. */
  async coughs(ms: number, name = "Ada"): Promise<void> {
    this.#speech.set(name, Array<number>(ms / frameMs).fill(noiseSample));
    await this.passes(ms);
  }

  mutes(name = "Ada"): void {
    this.#muted.add(name);
  }

  unmutes(name = "Ada"): void {
    this.#muted.delete(name);
  }

  async types(text: string, name = "Ada"): Promise<void> {
    const messageId = newId<EntryId>();
    this.session.accept({ type: "message", messageId, memberId: this.memberId(name), text });
    await this.clock.advance(0);
  }

  async joins(name: string): Promise<void> {
    const memberId = newId<MemberId>();
    this.#members.set(name, memberId);
    this.session.accept({ type: "member-joined", memberId, name });
    await this.clock.advance(0);
  }

  async leaves(name: string): Promise<void> {
    const memberId = this.memberId(name);
    this.#gone.set(memberId, name);
    this.#members.delete(name);
    this.session.accept({ type: "member-left", memberId });
    await this.clock.advance(0);
  }

  async interrupts(name = "Ada"): Promise<void> {
    this.session.accept({ type: "interrupt", memberId: this.memberId(name), replyId: null });
    await this.clock.advance(0);
  }

  /** Time passes, with everybody's microphones on. */
  async passes(ms: number): Promise<void> {
    for (let at = 0; at < ms; at += frameMs) {
      for (const [name, memberId] of this.#members) {
        if (this.#muted.has(name)) continue;
        const sample = this.#speech.get(name)?.shift() ?? 0;
        const samples = new Int16Array(frameSamples).fill(sample);
        const stampMs = this.clock.now();
        this.session.accept({ type: "microphone", memberId, samples, stampMs });
      }
      await this.clock.advance(frameMs);
    }
  }

  /** Time passes until a notice of the type has come, counted from the beginning. */
  async until<Type extends LinkNotice["type"]>(
    type: Type,
    count = 1,
    limitMs = 20_000,
  ): Promise<Extract<LinkNotice, { type: Type }>> {
    for (let waited = 0; ; waited += frameMs) {
      const notice = this.all(type)[count - 1];
      if (notice !== undefined) return notice;
      if (waited >= limitMs) throw new Error(`no ${type} number ${count} within ${limitMs} ms`);
      await this.passes(frameMs);
    }
  }

  all<Type extends LinkNotice["type"]>(type: Type): Extract<LinkNotice, { type: Type }>[] {
    return this.notices.filter(
      (notice): notice is Extract<LinkNotice, { type: Type }> => notice.type === type,
    );
  }

  /** What people were understood to say, in order. */
  get finals(): string[] {
    return this.all("transcript-final").map(({ text }) => text);
  }

  /** What was heard of each reply, in order; cut ones end in "/". */
  get replies(): string[] {
    return this.all("reply-end").map(({ text, isInterrupted }) =>
      isInterrupted ? `${text}/` : text,
    );
  }

  /** What the chat model was last asked, without the system prompt. */
  get lastRequest(): string[] {
    const messages = this.chatModel.requests.at(-1)?.messages ?? [];
    return messages.slice(1).map(({ name, role, content }) => `${name ?? role}: ${content}`);
  }
}
