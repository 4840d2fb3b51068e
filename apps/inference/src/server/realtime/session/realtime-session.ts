import type { Speex } from "@parley/audio/resampling/speex";
import { childController } from "@parley/shared/async/abort";
import type { Clock } from "@parley/shared/async/clock";
import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import { newId, type MemberId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import { AgentSession } from "../../../session/agent-session";
import type { SessionEngines } from "../../../session/engines";
import type { Turn } from "../../../session/hearing/turn";
import type { ReplyRequest } from "../../../session/replying/reply-request";
import type { SessionInput } from "../../../session/session-input";
import type { SessionSettings } from "../../../session/settings";
import type { Timers } from "../../../session/tools/timers";
import type { SessionFields } from "../events/session-fields";
import type { Emit } from "../events/server-events";
import { realtimeId } from "../realtime-ids";
import { ClientPlayout } from "../sound/client-playout";
import { MicrophoneFeed } from "../sound/microphone-feed";
import { IdleTimeout } from "./idle-timeout";
import { ItemList } from "./item-list";
import type { RealtimeConfig } from "../events/shown-session";
import { shownConfig, withChanges } from "./realtime-config";
import { Responses, type ResponseForm } from "./responses";
import { paddingOf, SessionEvents } from "./session-events";
import { sessionPlan, type PlanContext, type SessionPlan } from "./session-plan";
import { commitItem, TurnEvents } from "./turn-events";

export type RealtimeSessionOptions = {
  engines: SessionEngines;
  config: RealtimeConfig;
  defaultVoice: string;
  /** The operator's settings of a conversation. */
  settings: SessionSettings;
  timers: Timers;
  speex: Speex;
  clock: Clock;
  emit: Emit;
  /** Sees the session's notices. */
  onNotice: (notice: LinkNotice) => void;
  /** Aborting it closes the session. */
  signal: AbortSignal;
};

/**
 * A session of the agent's, as a room of one has, whose member sits at a client of the Realtime API:
 * what the session tells becomes events.
 */
export class RealtimeSession {
  readonly items = new ItemList();
  readonly feed: MicrophoneFeed;
  readonly playout: ClientPlayout;
  readonly responses: Responses;
  readonly conversationId = realtimeId("conv");
  readonly #options: RealtimeSessionOptions;
  readonly #memberId = newId<MemberId>();
  readonly #session: AgentSession;
  readonly #turns: TurnEvents;
  readonly #events: SessionEvents;
  readonly #idle: IdleTimeout;
  readonly #forms = new WeakMap<ReplyRequest, Partial<ResponseForm>>();
  #config: RealtimeConfig;
  #plan: SessionPlan;
  #onCommitted: ((turn: Turn | null) => void) | null = null;
  /** Since the last commit. */
  #hearingFailure: Error | null = null;

  constructor(options: RealtimeSessionOptions) {
    this.#options = options;
    const { engines, config, clock, emit } = options;
    const { signal } = childController(options.signal);
    this.#config = config;
    this.#plan = sessionPlan(config, this.#planContext);
    this.playout = new ClientPlayout({
      clock,
      report: (report) => {
        this.accept(report);
      },
    });
    this.feed = new MicrophoneFeed({
      clock,
      isPaced: () => this.#plan.manner.turnEnd !== "told",
      waitingMs: () => this.#session.waitingSoundMs(this.#memberId),
      hear: (samples, stampMs) => {
        this.accept({ type: "microphone", memberId: this.#memberId, samples, stampMs });
      },
    });
    this.#turns = new TurnEvents({
      emit,
      items: this.items,
      soundMsAt: (stampMs) => this.feed.soundMsAt(stampMs),
      paddingMs: () => paddingOf(this.#config),
      isTranscribed: () => this.isTranscribed,
    });
    this.responses = new Responses({
      emit,
      items: this.items,
      speex: options.speex,
      formOf: (request) => this.#formOf(request),
      instructionCharacters: () => this.#config.instructions.length,
      heardMs: () => this.#turns.heardMs,
    });
    this.#idle = new IdleTimeout(clock, (idleMs) => {
      this.#askIdly(idleMs);
    });
    this.#events = new SessionEvents({
      turns: this.#turns,
      responses: this.responses,
      playout: this.playout,
      idle: this.#idle,
      config: () => this.#config,
      interrupt: () => {
        this.interrupt();
      },
    });
    this.#session = new AgentSession({
      engines,
      clock,
      signal,
      timers: options.timers,
      ...this.#plan,
      members: [this.member],
      history: [],
      output: {
        notice: (notice) => {
          options.onNotice(notice);
          this.#events.noticed(notice);
        },
        replyAudio: (frame) => {
          this.responses.sound(frame);
          const { samples, sampleRate, stampMs } = frame;
          this.playout.sent(stampMs + (samples.length * 1_000) / sampleRate);
        },
        turnChanged: (change) => {
          this.#events.turnChanged(change);
        },
        turnCommitted: (turn) => {
          this.#onCommitted?.(turn);
        },
        hearingFailed: (error) => {
          this.#hearingFailure = error;
          this.#turns.failed(error);
        },
        replyProgress: (step) => {
          this.responses.progress(step);
        },
      },
    });
    signal.addEventListener("abort", () => {
      this.feed.close();
      this.playout.close();
      this.responses.close();
      this.#idle.cancel();
      this.#onCommitted?.(null);
    });
  }

  /** The agent, and the one member, as they are counted. */
  get agent(): AgentSettings {
    return this.#plan.agent;
  }

  get member(): { memberId: MemberId; name: string } {
    return { memberId: this.#memberId, name: "" };
  }

  get config(): RealtimeConfig {
    return this.#config;
  }

  /** What people say is told in words, too. */
  get isTranscribed(): boolean {
    return this.#config.audio.input.transcription !== null;
  }

  /** The end of a turn is told by the client. */
  get isTurnEndTold(): boolean {
    return this.#plan.manner.turnEnd === "told";
  }

  accept(input: SessionInput): void {
    this.#session.accept(input);
  }

  /** Changes settings from the next turn or reply on. */
  change(fields: SessionFields): void {
    this.#config = withChanges(this.#config, fields);
    this.#plan = sessionPlan(this.#config, this.#planContext);
    this.accept({ type: "session-changed", ...this.#plan });
    if (this.isTurnEndTold) this.#turns.forget();
    this.#options.emit({ type: "session.updated", session: shownConfig(this.#config) });
  }

  /** Asks for a reply. @param form what is particular to the response; the rest is the session's */
  ask(request: ReplyRequest, form: Partial<ResponseForm>): void {
    this.#forms.set(request, form);
    // Whoever asks anew has heard, or does not want to hear, the rest of what was sent.
    this.playout.finish();
    this.accept({ type: "answer-asked", request });
  }

  /** Cuts the reply off that is being made or heard. */
  interrupt(): void {
    this.accept({ type: "interrupt", memberId: this.#memberId, replyId: null });
  }

  /** Ends the turn with the sound so far. @returns it once it is settled; null when nothing was said */
  async commit(): Promise<Turn | null> {
    const committed = new Promise<Turn | null>((resolve) => {
      this.#onCommitted = resolve;
    });
    this.feed.mark(() => {
      this.accept({ type: "turn-commit", memberId: this.#memberId });
    });
    if (this.#options.signal.aborted) return null;
    const turn = await committed;
    this.#onCommitted = null;
    return turn;
  }

  /** @returns why words since the last time may be lost; null when none are */
  takeHearingFailure(): Error | null {
    const failure = this.#hearingFailure;
    this.#hearingFailure = null;
    return failure;
  }

  /** Forgets the sound that no turn has taken yet. */
  discard(): void {
    this.feed.clear();
    this.accept({ type: "turn-discard", memberId: this.#memberId });
  }

  get #planContext(): PlanContext {
    const { settings: usual, engines, defaultVoice } = this.#options;
    return { usual, synthesizer: engines.synthesizer, defaultVoice };
  }

  #formOf(request: ReplyRequest | null): ResponseForm {
    const { output_modalities, audio, max_output_tokens } = this.#config;
    const { format, voice } = audio.output;
    const form = request === null ? {} : this.#forms.get(request);
    return {
      conversation_id: this.conversationId,
      metadata: null,
      max_output_tokens,
      output_modalities: [...output_modalities],
      audio: { output: { format, voice } },
      ...form,
    };
  }

  /** Nobody answered: the silence becomes an item, and the agent speaks again. */
  #askIdly(idleMs: number): void {
    const { emit } = this.#options;
    const itemId = realtimeId("item");
    const audio_end_ms = Math.round(this.feed.receivedMs);
    const audio_start_ms = Math.max(0, audio_end_ms - idleMs);
    const type = "input_audio_buffer.timeout_triggered";
    emit({ type, item_id: itemId, audio_start_ms, audio_end_ms });
    commitItem({ emit, items: this.items, itemId, lineId: null });
    this.ask({}, {});
  }
}
