import type { ChatMessage } from "../contracts/chat-model";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import type { SessionSettings } from "./settings";
import { asksSomething } from "./words/asks";
import { calledBy, isNamed, type Named } from "./words/called-name";

/** Whom a line is said to, as far as the agent can tell. */
export type Address =
  /** The agent: it answers as soon as the turn is over. */
  | { readonly to: "agent" }
  /** Anybody: the agent answers after a silence in which nobody else does. */
  | { readonly to: "everyone" }
  /** Another person, whose answer it is to give. */
  | { readonly to: "member"; readonly memberId: MemberId }
  /** A remark: it asks nobody anything. */
  | { readonly to: "nobody" };

/** A line, spoken or typed. */
export type AddressedLine = {
  readonly memberId: MemberId;
  readonly text: string;
  /** Unix time, ms; of typed text, that of its arrival. */
  readonly startedAtMs: number;
};

/** The last thing said in the room. */
export type LastLine =
  | {
      readonly by: "member";
      readonly memberId: MemberId;
      readonly address: Address;
      readonly endedAtMs: number;
    }
  | {
      readonly by: "agent";
      readonly isQuestion: boolean;
      /** Whom it answered. */
      readonly answered: MemberId | null;
      readonly endedAtMs: number;
    };

/** What tells whom a line is said to. */
export type AddressContext = {
  readonly answers: AgentSettings["answers"];
  readonly agentName: string;
  /** Everybody present. */
  readonly people: readonly { readonly memberId: MemberId; readonly name: string }[];
  readonly last: LastLine | null;
};

type AddressSettings = Pick<SessionSettings, "exchangeMs" | "goingOnMs" | "answerExpectedMs">;

/** Lines that begin earlier before the end of another are said at the same time, no answer to it. */
const overlapMs = 300;

/** Whom a line is said to: by the names in it, then by what was said before, then by its form. */
export function addressOf(
  line: AddressedLine,
  context: AddressContext,
  settings: AddressSettings,
): Address {
  const { people, agentName } = context;
  if (people.length < 2 || context.answers === "always") return { to: "agent" };
  const named: Named<Address>[] = [{ who: { to: "agent" }, name: agentName }];
  for (const { memberId, name } of people) {
    if (memberId !== line.memberId) named.push({ who: { to: "member", memberId }, name });
  }
  const called = calledBy(line.text, named);
  if (called !== null) return called;
  if (isNamed(line.text, agentName)) return { to: "agent" };
  const byForm: Address = { to: asksSomething(line.text) ? "everyone" : "nobody" };
  return (context.last === null ? null : inExchange(line, context.last, settings)) ?? byForm;
}

/** @returns whom the line is said to if it goes on with what was said last, else null */
function inExchange(
  line: AddressedLine,
  last: LastLine,
  settings: AddressSettings,
): Address | null {
  const gapMs = line.startedAtMs - last.endedAtMs;
  if (last.by === "agent") {
    if (last.isQuestion && gapMs <= settings.answerExpectedMs) return { to: "agent" };
    // What follows an answer is mostly meant for the agent, but the other people are there, too.
    const isFollowUp = last.answered === line.memberId && gapMs <= settings.exchangeMs;
    return isFollowUp ? { to: "everyone" } : null;
  }
  if (gapMs > settings.exchangeMs) return null;
  if (last.memberId === line.memberId) return goingOn(last.address, gapMs, settings);
  if (gapMs < -overlapMs) return null;
  const answer: Address = { to: "member", memberId: last.memberId };
  switch (last.address.to) {
    case "member":
      return last.address.memberId === line.memberId ? answer : null;
    case "everyone":
      return asksSomething(line.text) ? null : answer;
    default:
      return null;
  }
}

/** @returns whom somebody speaks to who goes on after a line of their own */
function goingOn(address: Address, gapMs: number, settings: AddressSettings): Address | null {
  if (address.to === "nobody") return null;
  // Who was called and does not answer is not waited for as long.
  return address.to === "member" && gapMs > settings.goingOnMs ? null : address;
}

/** How the chat model is told of an address; nothing where a line is said to the agent. */
export function addresseeOf(address: Address | undefined): ChatMessage["addressee"] {
  if (address === undefined || address.to === "agent") return undefined;
  return address.to === "everyone" ? "everyone" : "others";
}
