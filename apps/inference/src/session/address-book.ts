import type { Clock } from "@parley/shared/async/clock";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import { addressOf, type Address, type LastLine } from "./addressing";
import type { Line } from "./floor-lines";
import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";
import { isNamed } from "./words/called-name";

/** Who is present, and what was said last: tells whom the next line is said to. */
export class AddressBook {
  readonly #agent: Pick<AgentSettings, "name" | "answers">;
  readonly #people: () => readonly { memberId: MemberId; name: string }[];
  readonly #clock: Clock;
  readonly #settings: Pick<SessionSettings, "exchangeMs" | "goingOnMs" | "answerExpectedMs">;
  #last: LastLine | null = null;

  constructor(options: {
    agent: Pick<AgentSettings, "name" | "answers">;
    /** Asked anew each time: people come and go. */
    people: () => readonly { memberId: MemberId; name: string }[];
    clock: Clock;
    settings: Pick<SessionSettings, "exchangeMs" | "goingOnMs" | "answerExpectedMs">;
  }) {
    this.#agent = options.agent;
    this.#people = options.people;
    this.#clock = options.clock;
    this.#settings = options.settings;
  }

  get areSeveralPresent(): boolean {
    return this.#people().length > 1;
  }

  /** Whom a line is said to, were it the next. */
  readonly addressOf = ({ memberId, text, turn }: Line): Address => {
    const { name, answers } = this.#agent;
    const startedAtMs = turn?.startedAtMs ?? this.#clock.now();
    const context = { answers, agentName: name, people: this.#people(), last: this.#last };
    return addressOf({ memberId, text, startedAtMs }, context, this.#settings);
  };

  /** The turn is said to the agent, by its name, or by what was said before; or nobody else is there. */
  isCertainlyForAgent(turn: Turn): boolean {
    const { name, answers } = this.#agent;
    const isForAgent = this.addressOf({ ...turn, turn }).to === "agent";
    // Where everything is answered, the address alone says nothing.
    const isTold = answers !== "always" || isNamed(turn.text, name);
    return !this.areSeveralPresent || (isForAgent && isTold);
  }

  /** A member said a line, which is over. */
  said(memberId: MemberId, address: Address, endedAtMs: number): void {
    this.#last = { by: "member", memberId, address, endedAtMs };
  }

  /** The agent fell silent. @param text what was heard of its reply @param answered null for nobody */
  replied(text: string, answered: MemberId | null): void {
    if (text === "") return;
    const isQuestion = /[?？]["'”’)*_]*$/u.test(text);
    this.#last = { by: "agent", isQuestion, answered, endedAtMs: this.#clock.now() };
  }
}
