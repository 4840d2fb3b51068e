import type { SessionEngines } from "@parley/inference/session/engines";
import { AgentSession } from "@parley/inference/session/agent-session";
import { defaultSessionSettings } from "@parley/inference/session/settings";
import { Timers } from "@parley/inference/session/tools/timers";
import { ScriptedBrain } from "@parley/inference/llm/scripted-brain/scripted-brain";
import { fromWireError } from "@parley/shared/errors";
import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import { newId, type EntryId, type MemberId } from "@parley/shared/protocol/ids";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { SpeechModels } from "@parley/speech/engines/open-speech";
import { CountedCalls } from "../../support/counted-calls";
import type { Policy } from "../policies";
import { AgentVoice } from "./agent-voice";
import { Microphones } from "./microphones";
import { rashDetector } from "./rash-detector";

/** What a room hears and speaks with. */
export type RoomModels = Pick<SpeechModels, "voiceActivityDetector" | "synthesizer"> & {
  recognizer: Recognizer;
};

/** Something that a session told its room. */
export type TimedNotice = { atMs: number; notice: LinkNotice };

const frameMs = 20;

/**
 * A room with the product's session, ear, voice activity detector, voice and pacer on a clock that
 * stands still while they compute: figures are the policy's own, however busy the machine is.
 */
export class VirtualRoom {
  readonly notices: TimedNotice[] = [];
  readonly voice: AgentVoice;
  readonly #clock: FakeClock;
  readonly #startMs: number;
  readonly #calls = new CountedCalls();
  readonly #microphones = new Microphones();
  readonly #members: ReadonlyMap<string, MemberId>;
  readonly #echo: { levelDb: number; delayMs: number } | null;
  readonly #session: AgentSession;
  #failure: Error | null = null;

  static async open(options: {
    models: RoomModels;
    policy: Policy;
    members: readonly string[];
    echo: { levelDb: number; delayMs: number } | null;
  }): Promise<VirtualRoom> {
    const clock = new FakeClock();
    const room: { session: AgentSession | null } = { session: null };
    const voice = await AgentVoice.open(clock, (report) => room.session?.accept(report));
    const opened = new VirtualRoom({ ...options, clock, voice });
    room.session = opened.#session;
    return opened;
  }

  private constructor(options: {
    models: RoomModels;
    policy: Policy;
    members: readonly string[];
    echo: { levelDb: number; delayMs: number } | null;
    clock: FakeClock;
    voice: AgentVoice;
  }) {
    const { models, policy, clock, voice } = options;
    this.#clock = clock;
    this.#startMs = clock.now();
    this.voice = voice;
    this.#echo = options.echo;
    this.#members = new Map(options.members.map((name) => [name, newId<MemberId>()]));
    this.#session = new AgentSession({
      engines: this.#engines(models, policy),
      agent: {
        name: "Parley",
        instructions: "",
        greeting: "",
        voice: "",
        language: "",
        patience: "normal",
        answers: policy.answers,
        tools: null,
      },
      members: [...this.#members].map(([name, memberId]) => ({ name, memberId })),
      history: [],
      timers: new Timers(clock),
      clock,
      settings: { ...defaultSessionSettings, ...policy.settings },
      output: {
        notice: (notice) => {
          if (notice.type === "error") this.#failure ??= fromWireError(notice.error);
          this.notices.push({ atMs: this.nowMs, notice });
          voice.notice(notice);
        },
        replyAudio: (frame) => {
          voice.push(frame);
        },
      },
      signal: new AbortController().signal,
    });
  }

  /** Since the room was opened. */
  get nowMs(): number {
    return this.#clock.now() - this.#startMs;
  }

  /** Unix time at which the room was opened: that of the voice's frames. */
  get startMs(): number {
    return this.#startMs;
  }

  nameOf(memberId: MemberId): string {
    return [...this.#members].find(([, id]) => id === memberId)?.[0] ?? "";
  }

  /** @param afterMs from now */
  begin(who: string, samples: Int16Array, afterMs = 0): void {
    this.#microphones.begin(who, samples, this.nowMs + afterMs);
  }

  type(text: string): void {
    const messageId = newId<EntryId>();
    this.#session.accept({ type: "message", messageId, memberId: this.#first(), text });
  }

  /**
   * Time passes, with everybody's microphones on. It stands still while models compute, between any two
   * timers too: what came first would depend on how busy the machine is.
   *
   * @throws the failure of a model that the session told: what followed it would be no figure
   */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += frameMs) {
      for (const [name, memberId] of this.#members) this.#hear(name, memberId);
      await this.#clock.advance(frameMs, () => this.#calls.calm());
      if (this.#failure !== null) throw this.#failure;
    }
  }

  close(): void {
    this.#session.close();
    this.voice.close();
  }

  #hear(name: string, memberId: MemberId): void {
    const isEchoed = this.#echo !== null && memberId === this.#first();
    const echo = isEchoed ? this.voice.playedBefore(this.#echo.delayMs) : null;
    const gain = 10 ** ((this.#echo?.levelDb ?? 0) / 20);
    const samples = this.#microphones.frame(name, this.nowMs, echo, gain);
    this.#session.accept({ type: "microphone", memberId, samples, stampMs: this.#clock.now() });
  }

  #engines(models: RoomModels, { turnDetector, interruptingSpeechMs }: Policy): SessionEngines {
    const { recognizer, voiceActivityDetector, synthesizer } = models;
    const rash =
      interruptingSpeechMs === null
        ? voiceActivityDetector
        : rashDetector(voiceActivityDetector, interruptingSpeechMs, () => {
            this.#interrupt();
          });
    return {
      recognizer: this.#calls.recognizer(recognizer),
      voiceActivityDetector: this.#calls.detector(rash),
      synthesizer: this.#calls.synthesizer(synthesizer),
      chatModel: new ScriptedBrain({ clock: this.#clock, timeZone: "UTC" }),
      turnDetector: turnDetector(this.#clock, (sound) => this.#calls.endingDetector(sound)),
      toolSets: [],
    };
  }

  #interrupt(): void {
    if (!this.voice.isPlaying) return;
    this.#session.accept({ type: "interrupt", memberId: this.#first(), replyId: null });
  }

  #first(): MemberId {
    const [memberId] = this.#members.values();
    if (memberId === undefined) throw new Error("nobody is in the room");
    return memberId;
  }
}
