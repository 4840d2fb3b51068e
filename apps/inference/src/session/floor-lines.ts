import type { MemberId } from "@parley/shared/protocol/ids";
import type { Address } from "./addressing";
import type { FloorEffect, FloorState, FloorStep } from "./floor-state";
import type { Turn } from "./hearing/turn";
import { isAnsweredBy, questionAfter } from "./open-question";
import { isBackchannel, isOnlyStopPhrase, isStopPhrase } from "./words/backchannel";
import type { SessionManner } from "./session-manner";
import { isEcho, isMostlyOwn } from "./words/echo";

/** A line to be judged: a turn's words, or typed text. */
export type Line = {
  readonly memberId: MemberId;
  readonly text: string;
  /** Null for typed text. */
  readonly turn: Turn | null;
};

/** Whom lines are said to; without it all are said to the agent. */
type AddressRule = { readonly addressOf?: (line: Line) => Address };

/** What the agent knows of its own voice in people's microphones. */
type OwnVoiceRule = {
  readonly isWarmingUp?: boolean;
  /** What microphones hear of it now. */
  readonly echo?: {
    /** It may be the agent. */
    isSuspected(memberId: MemberId): boolean;
    /** It is not the agent, as far as is known. */
    isClear(memberId: MemberId): boolean;
  };
  /** Text of the replies that ended while the turn lasted. */
  readonly spokenDuring?: (turn: Turn) => string;
};

/** Rules of whoever opened the session. */
type MannerRule = {
  readonly manner?: Pick<SessionManner, "answers" | "interruption" | "turnEnd">;
};

/** What the agent says to a turn that lacks its end. */
type NudgeRule = { readonly nudgeTo?: (turn: Turn) => string };

/** Rules of the floor beyond its settings. */
export type FloorRules = AddressRule & OwnVoiceRule & MannerRule & NudgeRule;

const toAgent: Address = { to: "agent" };

/** Whom the line is said to. */
export function addressOfLine(line: Line, { addressOf }: AddressRule): Address {
  return addressOf?.(line) ?? toAgent;
}

/** The turn asks, as it stands, what the agent may have to answer. */
export function mayBeAnswered(turn: Turn, rule: AddressRule & MannerRule): boolean {
  if (rule.manner?.answers === "when-asked") return false;
  const { to } = addressOfLine(spokenLine(turn), rule);
  return to === "agent" || to === "everyone";
}

/**
 * Takes the floor from nobody: said to another person over the agent's reply, or sound without words
 * while echo cancellers are adapting, or with words while it sounds as the agent does.
 *
 * @param mayContinue whom the agent has just begun to answer may be going on
 */
export function isAsideOverReply(turn: Turn, rule: FloorRules, mayContinue = false): boolean {
  const isHeardClearly = mayContinue && rule.echo?.isClear(turn.memberId) === true;
  if (turn.text === "" && rule.isWarmingUp === true && !isHeardClearly) return true;
  if (rule.echo?.isSuspected(turn.memberId) === true && !isStopPhrase(turn.text)) return true;
  const isTelling = turn.text !== "" && !isStopPhrase(turn.text);
  return isTelling && addressOfLine(spokenLine(turn), rule).to === "member";
}

/** Adds the words of a turn that is over, and asks. @param isAnswer to a question of the agent's */
export function hearTurn(
  state: FloorState,
  { turn, isAnswer }: { turn: Turn; isAnswer: boolean },
  rule: AddressRule & MannerRule,
): FloorStep {
  const line = spokenLine(turn);
  const isInterruption = state.interrupter === turn.turnId;
  // "Stop!" wants silence, not an answer.
  if (isInterruption && isOnlyStopPhrase(turn.text)) {
    return { state, effects: [lineOf(turn)] };
  }
  if (rule.manner?.answers === "when-asked") return { state, effects: [lineOf(turn)] };
  const address = addressOfLine(line, rule);
  // Who takes the floor from the agent speaks to it, unless somebody else is called.
  const isForAgent = (isInterruption || isAnswer) && address.to !== "member";
  return say(state, line, isForAgent ? toAgent : address);
}

/** Adds a line, and asks what it asks of the agent. */
export function say(state: FloorState, line: Line, address: Address): FloorStep {
  const { memberId, text } = line;
  const to = address.to === "agent" ? {} : { address };
  const turnId = line.turn === null ? {} : { turnId: line.turn.turnId };
  const effects: FloorEffect[] = [{ type: "add-line", memberId, text, ...to, ...turnId }];
  const isAnswer = address.to === "member" && isAnsweredBy(state.question, address.memberId);
  if (isAnswer) effects.push({ type: "set-aside" });
  return { state: { ...state, question: questionAfter(state.question, line, address) }, effects };
}

/** Adds the words of a turn to the conversation. */
export function lineOf({ memberId, text, turnId }: Turn): FloorEffect {
  return { type: "add-line", memberId, text, turnId };
}

/** The agent heard itself: its present reply, or one that ended meanwhile. @param recentText of it */
export function isOwnVoice(turn: Turn, recentText: string, rule: OwnVoiceRule): boolean {
  if (isBackchannel(turn.text)) return false;
  if (isEcho(turn.text, recentText)) return true;
  const spoken = `${rule.spokenDuring?.(turn) ?? ""} ${recentText}`.trim();
  return spoken !== "" && isMostlyOwn(turn.text, spoken);
}

function spokenLine(turn: Turn): Line {
  return { memberId: turn.memberId, text: turn.text, turn };
}
