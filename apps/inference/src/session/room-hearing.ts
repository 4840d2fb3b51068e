import type { Clock } from "@parley/shared/async/clock";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import { BackgroundVoices } from "./background-voices";
import type { ConversationLanguage } from "./conversation-language";
import type { SpeechEngines } from "./engines";
import type { FloorControl } from "./floor-control";
import { HearingMonitor } from "./hearing/hearing-monitor";
import { Speaker } from "./hearing/speaker";
import type { Turn, TurnChange } from "./hearing/turn";
import { Members } from "./members";
import type { EchoControl } from "./own-voice/echo-control";
import type { SessionManner } from "./session-manner";
import type { SessionOutput } from "./session-output";
import type { SessionSettings } from "./settings";
import { speaksToAgent } from "./speaks-to-agent";
import { StrangersLines } from "./strangers-lines";
import type { TurnStamps } from "./turn-stamps";
import { calledBy } from "./words/called-name";

export type RoomHearingOptions = {
  engines: SpeechEngines;
  language: ConversationLanguage;
  clock: Clock;
  output: SessionOutput;
  echo: EchoControl;
  turnStamps: TurnStamps;
  /** Asked anew with each speaker and turn: they may be changed. */
  present: () => { agent: AgentSettings; manner: SessionManner; settings: SessionSettings };
  /** Question of the agent's that waits for an answer. */
  agentsQuestion: () => string | null;
  floor: () => Pick<
    FloorControl,
    "turnChanged" | "turnIgnored" | "mayBeInterruptedBy" | "mayNudge"
  >;
  /** Somebody begins to speak, or goes on. */
  onVoice: () => void;
  onFailed: (error: Error) => void;
  signal: AbortSignal;
};

/** Ears of the session: everybody's turns, without the agent's own voice and those in the background. */
export class RoomHearing {
  readonly #options: RoomHearingOptions;
  readonly #background: BackgroundVoices;
  readonly #strangers: StrangersLines;
  readonly #monitor: HearingMonitor;
  /** People present. */
  readonly members: Members;

  constructor(options: RoomHearingOptions) {
    this.#options = options;
    const { clock, engines, output } = options;
    const { settings } = options.present();
    const isCalled = (text: string) => {
      const { agent } = options.present();
      return calledBy(text, [{ who: agent, name: agent.name }]) !== null;
    };
    this.#background = new BackgroundVoices({
      clock,
      settings,
      isCalled,
    });
    this.#strangers = new StrangersLines({
      clock,
      settings,
      onLine: (turn) => {
        // As if it had been listened to from the beginning: it may stop a reply, and is answered.
        this.#listen({ type: "settled", turn });
        this.#listen({ type: "closed", turn });
      },
    });
    this.#monitor = new HearingMonitor({ recognizer: engines.recognizer, settings, output });
    this.members = new Members({
      agentName: () => options.present().agent.name,
      terms: () => options.present().manner.terms,
      openSpeaker: (memberId, phrases) => this.#openSpeaker(memberId, phrases),
    });
  }

  /** @param stampMs Unix time at which the sound reached the tap */
  hear(memberId: MemberId, samples: Int16Array, stampMs: number): void {
    const { echo, present } = this.#options;
    const isGated = present().settings.isOwnVoiceGated;
    const clean = isGated ? echo.clean(memberId, samples, stampMs) : samples;
    this.members.speakerOf(memberId)?.hear(clean, stampMs);
  }

  leave(memberId: MemberId): void {
    const turn = this.members.leave(memberId);
    if (turn === undefined) return;
    if (turn !== null) this.#tellFloor({ type: "abandoned", turn });
    this.#options.echo.forget(memberId);
    this.#background.forget(memberId);
    this.#strangers.forget(memberId);
    this.#monitor.forget(memberId);
  }

  /** Hears everybody anew, as present settings have it. */
  reopen(): void {
    for (const turn of this.members.reopen()) {
      const change: TurnChange = { type: "dropped", turn: { ...turn, text: "" } };
      this.#options.output.turnChanged?.(change);
      this.#options.floor().turnChanged(change);
    }
  }

  /** Idempotent. */
  close(): void {
    this.#strangers.close();
    this.members.close();
  }

  #openSpeaker(memberId: MemberId, phrases: readonly string[]): Speaker {
    const { engines, language, clock, output, turnStamps, signal, floor, onFailed } = this.#options;
    const { agent, manner, settings } = this.#options.present();
    return new Speaker({
      memberId,
      engines,
      phrases,
      turnStamps,
      clock,
      settings,
      signal,
      setting: {
        language,
        patience: agent.patience,
        turnEnd: manner.turnEnd,
        agentsQuestion: this.#options.agentsQuestion,
        names: () => this.members.names,
        mayNudge: (turn) => floor().mayNudge(turn),
        mayInterrupt: () => floor().mayBeInterruptedBy(memberId),
      },
      onTurn: (change) => {
        this.#turnChanged(change);
      },
      onCommitted: (turn) => {
        output.turnCommitted?.(turn);
      },
      onFailed: (error) => {
        output.hearingFailed?.(error);
        onFailed(error);
      },
    });
  }

  #turnChanged(change: TurnChange): void {
    const { output, onVoice } = this.#options;
    output.turnChanged?.(change);
    if (change.type === "opened" || change.type === "resumed") onVoice();
    // Of a turn whose end is told nobody knows before that whether there is one.
    const isOpen = change.type !== "closed";
    if (this.#options.present().manner.turnEnd === "told" && isOpen) return;
    this.#tellFloor(change);
  }

  #tellFloor(change: TurnChange): void {
    const { floor, present } = this.#options;
    const { turn, type } = change;
    if (type === "opened" || type === "resumed") this.#strangers.forget(turn.memberId);
    const isTold = present().manner.turnEnd === "told";
    if (!isTold && this.#background.isBackground(turn)) {
      floor().turnIgnored(turn);
      if (type === "closed" && this.#mayAsk(turn)) this.#strangers.over(turn);
      return;
    }
    this.#listen(change);
  }

  #mayAsk(turn: Turn): boolean {
    const { agentsQuestion, present } = this.#options;
    const isForAgent = speaksToAgent(turn, agentsQuestion(), present().settings);
    return isForAgent && this.#background.isStranger(turn);
  }

  #listen(change: TurnChange): void {
    if (change.type === "closed") this.#background.ended(change.turn);
    this.#options.floor().turnChanged(change);
    this.#monitor.turnChanged(change);
  }
}
