import { newId, type MemberId, type TurnId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import type { AudibleReply } from "./audible-reply";
import {
  idleFloor,
  type FloorEffect,
  type FloorEvent,
  type FloorState,
  type ReplyOnFloor,
} from "./floor-state";
import type { Turn, TurnChange } from "./hearing/turn";
import type { ReplyChange } from "./replying/reply-state";
import { defaultSessionSettings as settings } from "./settings";
import { stepFloor } from "./step-floor";

const memberId = newId<MemberId>();
const turnId = newId<TurnId>();
const otherTurnId = newId<TurnId>();

type TurnValues = Partial<Pick<Turn, "turnId" | "speechMs">>;

function speaking(text = "", values: TurnValues = {}): Turn {
  return { turnId, memberId, startedAtMs: 0, text, speechMs: 200, phase: "speaking", ...values };
}

function settled(text: string, values: TurnValues = {}): Turn {
  return { ...speaking(text, values), phase: "settled", silentSinceMs: 1_000, confidence: null };
}

function answering(text: string): ReplyOnFloor {
  return { phase: "prepared", pausing: [settled(text)] };
}

const asked: FloorState = {
  ...idleFloor,
  question: { turn: settled("what time is it"), fixedText: null },
  reply: { phase: "prepared", pausing: [] },
  agentState: "thinking",
};
const typed = { turn: null, fixedText: null };
const playing: FloorState = {
  ...idleFloor,
  reply: { phase: "playing", isHeard: true },
  agentState: "speaking",
};

/** Every state, by a name for the tables. */
const states = {
  idle: idleFloor,
  "Ada speaks": { ...idleFloor, turns: [speaking("what")] },
  "Ada hums": { ...idleFloor, turns: [speaking("", { speechMs: 1_000 })] },
  "Ada pauses": { ...idleFloor, turns: [settled("what time")], reply: answering("what time") },
  "Ada goes on": { ...idleFloor, turns: [speaking("what time")], reply: answering("what time") },
  "a question is open": asked,
  "a question is open, Ben speaks": {
    ...asked,
    turns: [speaking("and", { turnId: otherTurnId })],
    agentState: "listening",
  },
  "reply begun": {
    ...playing,
    reply: { phase: "playing", isHeard: false },
    agentState: "thinking",
  },
  "reply heard": playing,
  "reply heard, Ada speaks": { ...playing, turns: [speaking()] },
  "reply just heard, Ada is answered": { ...playing, answered: settled("tell me a story") },
  "reply just heard, Ada goes on": {
    ...playing,
    answered: settled("tell me a story"),
    turns: [speaking("", { turnId: otherTurnId })],
    continuation: { turnId: otherTurnId, earlier: settled("tell me a story") },
  },
  "reply cut by Ada": {
    ...playing,
    turns: [speaking("stop")],
    reply: { phase: "cancelling" },
    interrupter: turnId,
    agentState: "listening",
  },
  "reply cut by typing": {
    ...playing,
    question: typed,
    reply: { phase: "cancelling" },
    agentState: "listening",
  },
} satisfies Record<string, FloorState>;
type StateName = keyof typeof states;

const audible: AudibleReply = {
  recentText: "Once upon a time",
  isEndOfQuestion: false,
  playedMs: 5_000,
  names: ["Parley"],
};

function turn(
  type: TurnChange["type"],
  changed: Turn,
  heard: AudibleReply | null = null,
): FloorEvent {
  return { type: "turn-changed", change: { type, turn: changed }, audible: heard };
}

function reply(change: ReplyChange): FloorEvent {
  return { type: "reply-changed", change };
}

const message: FloorEvent = { type: "message-typed", memberId, text: "and now" };
const interrupt: FloorEvent = { type: "interrupt-requested" };
const greeting: FloorEvent = { type: "greeting-due", text: "Hi.", isConversationEmpty: true };

/** An effect with what it is about, in a word or two. */
function inShort(effect: FloorEffect): string {
  switch (effect.type) {
    case "publish-partial":
    case "publish-final":
    case "retract":
      return `${effect.type}: ${effect.turn.text}`;
    case "add-line":
    case "take-back-line":
      return `${effect.type}: ${effect.text}`;
    case "reopen-turn":
      return `reopen-turn: ${effect.earlier.text}`;
    case "set-agent-state":
      return effect.state;
    case "prepare-reply": {
      const answered = effect.fixedText ?? effect.pausing.map(({ text }) => text).join(" | ");
      return `prepare-reply: ${answered}`;
    }
    case "release-reply":
      return `release-reply: ${effect.answered?.text ?? "typed"}`;
    default:
      return effect.type;
  }
}

type Row = [from: StateName, what: string, event: FloorEvent, effects: string[]];

function runs(rows: readonly Row[]): void {
  it.each(rows)("%s, %s", (from, _what, event, effects) => {
    const before = structuredClone(states[from]);
    expect(stepFloor(states[from], event, settings).effects.map(inShort)).toEqual(effects);
    // A step makes another state; the one before stands.
    expect(states[from]).toEqual(before);
  });
}

describe("a turn of a member's", () => {
  const time = settled("what time is it");
  runs([
    ["idle", "opens", turn("opened", speaking()), []],
    ["idle", "holds a word", turn("words", speaking("what")), ["publish-partial: what"]],
    ["Ada speaks", "pauses", turn("paused", speaking("what")), []],
    [
      "Ada speaks",
      "settles",
      turn("settled", time),
      ["publish-partial: what time is it", "prepare-reply: what time is it"],
    ],
    ["Ada speaks", "settles without words", turn("settled", settled("")), ["publish-partial: "]],
    [
      "Ada pauses",
      "is over",
      turn("closed", time),
      [
        "publish-final: what time is it",
        "add-line: what time is it",
        "prepare-reply: ",
        "thinking",
        "release-reply: what time is it",
      ],
    ],
    [
      "Ada pauses",
      "goes on, perhaps with a breath: the reply waits",
      turn("resumed", speaking("what time")),
      ["withhold-reply"],
    ],
    [
      "Ada goes on",
      "has no new words yet",
      turn("words", speaking("What ti")),
      ["publish-partial: What ti"],
    ],
    [
      "Ada goes on",
      "has the same words, marks apart",
      turn("words", speaking("What time?")),
      ["publish-partial: What time?"],
    ],
    [
      "Ada goes on",
      "has new words: the reply answered half of it",
      turn("words", speaking("What time is it?")),
      ["publish-partial: What time is it?", "withdraw-reply"],
    ],
    [
      "Ada pauses",
      "ends with her leaving",
      turn("abandoned", settled("what time")),
      ["publish-final: what time", "add-line: what time", "withdraw-reply"],
    ],
    ["Ada speaks", "held no words after all", turn("dropped", settled("")), ["retract: "]],
    [
      "a question is open",
      "opens: the reply waits",
      turn("opened", speaking("", { turnId: otherTurnId })),
      ["withhold-reply", "listening"],
    ],
    [
      "a question is open, Ben speaks",
      "is over: both are asked",
      turn("closed", settled("and the day", { turnId: otherTurnId })),
      [
        "publish-final: and the day",
        "add-line: and the day",
        "prepare-reply: ",
        "thinking",
        "release-reply: and the day",
      ],
    ],
    [
      "Ada hums",
      "goes on without a word: noise",
      turn("continued", speaking("", { speechMs: 1_200 })),
      [],
    ],
  ]);
});

describe("speech over a reply", () => {
  const ada = (text: string) => turn("words", speaking(text), audible);
  const over = (text: string, heard: Partial<AudibleReply> = {}) =>
    turn("closed", settled(text), { ...audible, ...heard });
  runs([
    ["reply heard", "opens", turn("opened", speaking("", { speechMs: 0 }), audible), []],
    ["reply heard, Ada speaks", "lasts", turn("continued", speaking(), audible), ["duck-reply"]],
    [
      "reply heard, Ada speaks",
      "is noise",
      turn("continued", speaking("", { speechMs: 1_300 }), audible),
      ["resume-reply"],
    ],
    [
      "reply heard, Ada speaks",
      "is meant",
      ada("actually"),
      ["publish-partial: actually", "cancel-reply"],
    ],
    [
      "reply heard, Ada speaks",
      "only listens",
      ada("mm-hmm"),
      ["publish-partial: mm-hmm", "duck-reply"],
    ],
    [
      "reply heard, Ada speaks",
      "only listened",
      over("yeah"),
      ["publish-final: yeah", "resume-reply"],
    ],
    [
      "reply heard, Ada speaks",
      "answers the question that is nearly out",
      over("yeah", { isEndOfQuestion: true }),
      ["publish-final: yeah", "add-line: yeah", "resume-reply"],
    ],
    [
      "reply heard, Ada speaks",
      "was the agent's own echo",
      over("upon a"),
      ["retract: upon a", "resume-reply"],
    ],
    [
      "reply cut by Ada",
      "asked for silence only",
      turn("closed", settled("stop")),
      ["publish-final: stop", "add-line: stop"],
    ],
    [
      "reply cut by Ada",
      "asked for more than silence",
      turn("closed", settled("stop and tell me the time")),
      ["publish-final: stop and tell me the time", "add-line: stop and tell me the time"],
    ],
  ]);
});

describe("a late correction", () => {
  const goesOn = (text: string) => speaking(text, { turnId: otherTurnId });
  const soon = { ...audible, playedMs: 400 };
  const joined = [
    "take-back-line: tell me a story",
    "cancel-reply",
    "reopen-turn: tell me a story",
  ];
  runs([
    ["reply just heard, Ada goes on", "with words", turn("words", goesOn("about"), soon), joined],
    [
      "reply just heard, Ada goes on",
      "with words that settle at once",
      turn("settled", settled("about a dog", { turnId: otherTurnId }), soon),
      joined,
    ],
    [
      "reply just heard, Ada goes on",
      "with a sound of listening",
      turn("words", goesOn("mm-hmm"), soon),
      ["publish-partial: mm-hmm", "hold-reply"],
    ],
    [
      "reply just heard, Ada is answered",
      "in a turn that began too late for one",
      turn("words", goesOn("about"), audible),
      ["publish-partial: about", "duck-reply"],
    ],
  ]);

  it("is possible for whom the agent answers, as it begins", () => {
    const from = states["reply just heard, Ada is answered"];
    const opened = (heard: AudibleReply, member = memberId) =>
      stepFloor(from, turn("opened", { ...goesOn(""), memberId: member }, heard), settings).state
        .continuation;
    expect(opened(soon)?.earlier.text).toBe("tell me a story");
    expect(opened(audible)).toBeNull();
    expect(opened(soon, newId<MemberId>())).toBeNull();
  });
});

describe("what people type and press", () => {
  runs([
    [
      "idle",
      "a message",
      message,
      ["add-line: and now", "prepare-reply: ", "thinking", "release-reply: typed"],
    ],
    ["Ada speaks", "a message: waits for her", message, ["add-line: and now"]],
    ["reply heard", "a message", message, ["add-line: and now", "cancel-reply", "listening"]],
    ["reply cut by Ada", "a message", message, ["add-line: and now"]],
    ["idle", "an interrupt", interrupt, []],
    ["a question is open", "an interrupt", interrupt, ["withdraw-reply", "listening"]],
    ["reply heard", "an interrupt", interrupt, ["cancel-reply", "listening"]],
    ["reply cut by Ada", "an interrupt", interrupt, []],
    ["reply heard", "all leave", { type: "room-emptied" }, ["cancel-reply", "listening"]],
    ["a question is open", "all leave", { type: "room-emptied" }, ["withdraw-reply", "listening"]],
  ]);
});

describe("the greeting", () => {
  runs([
    ["idle", "is due", greeting, ["prepare-reply: Hi.", "thinking", "release-reply: typed"]],
    ["idle", "is late", { ...greeting, isConversationEmpty: false }, []],
    ["Ada speaks", "is due", greeting, []],
    ["a question is open", "is due", greeting, []],
    ["reply heard", "is due", greeting, []],
  ]);
});

describe("a reply of the agent's", () => {
  runs([
    ["a question is open", "begins", reply("begun"), []],
    ["a question is open", "is empty", reply("empty"), ["listening"]],
    ["reply begun", "is heard", reply("heard"), ["speaking"]],
    ["reply heard", "stalls", reply("cancelled"), ["listening"]],
    ["reply heard", "ends", reply("ended"), ["listening"]],
    ["reply cut by Ada", "ends", reply("ended"), []],
    [
      "reply cut by typing",
      "ends: the next one has waited for it",
      reply("ended"),
      ["prepare-reply: ", "thinking", "release-reply: typed"],
    ],
  ]);
});

describe("the state", () => {
  it("says who is answered, who interrupted, and whose turns are open", () => {
    const events: [FloorEvent, Partial<FloorState>][] = [
      [turn("opened", speaking()), { turns: [speaking()], reply: null }],
      [turn("settled", settled("go on")), { reply: answering("go on"), question: null }],
      [turn("closed", settled("go on")), { turns: [], agentState: "thinking" }],
      [reply("begun"), { reply: { phase: "playing", isHeard: false }, question: null }],
      [reply("heard"), { reply: { phase: "playing", isHeard: true }, agentState: "speaking" }],
      [turn("opened", speaking("", { turnId: otherTurnId }), audible), { interrupter: null }],
      [
        turn("words", speaking("actually", { turnId: otherTurnId }), audible),
        { reply: { phase: "cancelling" }, interrupter: otherTurnId },
      ],
      [reply("cancelled"), { reply: { phase: "cancelling" }, agentState: "listening" }],
      [reply("ended"), { reply: null, interrupter: otherTurnId }],
    ];
    let state: FloorState = idleFloor;
    for (const [event, expected] of events) {
      ({ state } = stepFloor(state, event, settings));
      expect(state).toMatchObject(expected);
    }
  });
});
