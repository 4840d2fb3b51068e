import { describe, expect, it } from "vitest";
import { preparedReply, type ReplyEvent, type ReplyState } from "./reply-state";
import { stepReply } from "./step-reply";

/** Every state, by a name for the tables. */
const states = {
  prepared: preparedReply,
  "prepared, some sound": { phase: "prepared", hasSound: true, isComplete: false },
  "prepared, all sound": { phase: "prepared", hasSound: true, isComplete: true },
  "prepared, empty": { phase: "prepared", hasSound: false, isComplete: true },
  released: { phase: "released" },
  "playing, unheard": { phase: "playing", isHeard: false },
  playing: { phase: "playing", isHeard: true },
  "held, unheard": { phase: "held", isHeard: false },
  held: { phase: "held", isHeard: true },
  ducked: { phase: "ducked", isHeard: true },
  "ducked, unheard": { phase: "ducked", isHeard: false },
  cancelling: { phase: "cancelling" },
  ended: { phase: "ended" },
} satisfies Record<string, ReplyState>;
type StateName = keyof typeof states;

/** Every event, by a name for the tables. */
const events = {
  released: { type: "released" },
  withheld: { type: "withheld" },
  "sound made": { type: "sound-made" },
  "synthesis ended": { type: "synthesis-ended" },
  failed: { type: "failed" },
  held: { type: "held" },
  ducked: { type: "ducked" },
  resumed: { type: "resumed" },
  cancelled: { type: "cancelled" },
  played: { type: "played", atMs: 5 },
  finished: { type: "acknowledged", isInterrupted: false },
  cut: { type: "acknowledged", isInterrupted: true },
  stalled: { type: "wait-over", isStarved: false },
  starved: { type: "wait-over", isStarved: true },
  closed: { type: "closed" },
} satisfies Record<string, ReplyEvent>;
type EventName = keyof typeof events;

const begin = ["begin", "wait stalledPlayoutMs", "tell begun", "send"];
const lead = ["lead playoutLeadMs", "report-failures"];
const cancel = ["stop", "cancel", "wait cancelTimeoutMs", "tell cancelled"];
const finish = ["stop", "end finished", "tell ended"];
const cut = ["stop", "end interrupted", "tell ended"];
const giveUp = ["stop", "tell empty"];
const watch = ["wait stalledPlayoutMs"];

/** What each event leads to, with its effects; where nothing stands, nothing changes. */
const table: Record<StateName, Partial<Record<EventName, [StateName, ...string[]]>>> = {
  prepared: {
    released: ["released", ...lead],
    "sound made": ["prepared, some sound"],
    "synthesis ended": ["prepared, empty"],
    cancelled: ["ended", "stop"],
    closed: ["ended", "stop"],
  },
  "prepared, some sound": {
    released: ["playing, unheard", ...lead, ...begin],
    "synthesis ended": ["prepared, all sound"],
    cancelled: ["ended", "stop"],
    closed: ["ended", "stop"],
  },
  "prepared, all sound": {
    released: ["playing, unheard", ...lead, ...begin, "end-sound"],
    cancelled: ["ended", "stop"],
    closed: ["ended", "stop"],
  },
  "prepared, empty": {
    released: ["ended", ...lead, ...giveUp],
    // Never after the end of the synthesis; it would be heard.
    "sound made": ["prepared, all sound"],
    cancelled: ["ended", "stop"],
    closed: ["ended", "stop"],
  },
  released: {
    withheld: ["prepared", "lead speculativeLeadMs"],
    "sound made": ["playing, unheard", ...begin],
    "synthesis ended": ["ended", ...giveUp],
    failed: ["released", "report-failures"],
    cancelled: ["ended", "stop"],
    closed: ["ended", "stop"],
  },
  "playing, unheard": {
    "sound made": ["playing, unheard", "send"],
    "synthesis ended": ["playing, unheard", "end-sound"],
    failed: ["playing, unheard", "report-failures"],
    held: ["held, unheard", "hold"],
    ducked: ["ducked, unheard", "duck"],
    cancelled: ["cancelling", ...cancel],
    played: ["playing", ...watch, "publish-timings 5", "tell heard", "publish-heard"],
    finished: ["ended", ...finish],
    cut: ["ended", ...cut],
    stalled: ["cancelling", ...cancel],
    starved: ["playing, unheard", ...watch],
    closed: ["ended", "stop"],
  },
  playing: {
    "sound made": ["playing", "send"],
    "synthesis ended": ["playing", "end-sound"],
    failed: ["playing", "report-failures"],
    held: ["held", "hold"],
    ducked: ["ducked", "duck"],
    cancelled: ["cancelling", ...cancel],
    played: ["playing", ...watch, "publish-heard"],
    finished: ["ended", ...finish],
    cut: ["ended", ...cut],
    stalled: ["cancelling", ...cancel],
    starved: ["playing", ...watch],
    closed: ["ended", "stop"],
  },
  ducked: {
    "sound made": ["ducked", "send"],
    "synthesis ended": ["ducked", "end-sound"],
    failed: ["ducked", "report-failures"],
    held: ["held", "hold"],
    resumed: ["playing", "resume", ...watch],
    cancelled: ["cancelling", ...cancel],
    played: ["ducked", ...watch, "publish-heard"],
    finished: ["ended", ...finish],
    cut: ["ended", ...cut],
    stalled: ["cancelling", ...cancel],
    starved: ["ducked", ...watch],
    closed: ["ended", "stop"],
  },
  "ducked, unheard": {
    "sound made": ["ducked, unheard", "send"],
    "synthesis ended": ["ducked, unheard", "end-sound"],
    failed: ["ducked, unheard", "report-failures"],
    held: ["held, unheard", "hold"],
    resumed: ["playing, unheard", "resume", ...watch],
    cancelled: ["cancelling", ...cancel],
    played: ["ducked", ...watch, "publish-timings 5", "tell heard", "publish-heard"],
    finished: ["ended", ...finish],
    cut: ["ended", ...cut],
    stalled: ["cancelling", ...cancel],
    starved: ["ducked, unheard", ...watch],
    closed: ["ended", "stop"],
  },
  "held, unheard": {
    "sound made": ["held, unheard", "send"],
    "synthesis ended": ["held, unheard", "end-sound"],
    failed: ["held, unheard", "report-failures"],
    resumed: ["playing, unheard", "resume", ...watch],
    cancelled: ["cancelling", ...cancel],
    played: ["held", ...watch, "publish-timings 5", "tell heard", "publish-heard"],
    finished: ["ended", ...finish],
    cut: ["ended", ...cut],
    stalled: ["held, unheard", ...watch],
    starved: ["held, unheard", ...watch],
    closed: ["ended", "stop"],
  },
  held: {
    "sound made": ["held", "send"],
    "synthesis ended": ["held", "end-sound"],
    failed: ["held", "report-failures"],
    resumed: ["playing", "resume", ...watch],
    cancelled: ["cancelling", ...cancel],
    played: ["held", ...watch, "publish-heard"],
    finished: ["ended", ...finish],
    cut: ["ended", ...cut],
    stalled: ["held", ...watch],
    starved: ["held", ...watch],
    closed: ["ended", "stop"],
  },
  cancelling: {
    finished: ["ended", ...finish],
    cut: ["ended", ...cut],
    stalled: ["ended", ...cut],
    starved: ["ended", ...cut],
    closed: ["ended", "stop"],
  },
  ended: {},
};

function namesOf<Name extends string>(named: Record<Name, unknown>): Name[] {
  return Object.keys(named) as Name[];
}

/** The values of an effect, in the words of the table. */
function effectName(effect: { type: string }): string {
  const values = Object.values(effect).map((value: unknown) =>
    typeof value === "boolean" ? (value ? "interrupted" : "finished") : String(value),
  );
  return values.join(" ");
}

const cells = namesOf(states).flatMap((from) =>
  namesOf(events).map((event) => {
    const [to, ...effects] = table[from][event] ?? [from];
    return { from, event, to, effects };
  }),
);

describe("stepReply", () => {
  it.each(cells)("$from, $event: $to $effects", ({ from, event, to, effects }) => {
    const step = stepReply(states[from], events[event]);
    expect(step.state).toEqual(states[to]);
    expect(step.effects.map(effectName)).toEqual(effects);
  });

  it("leads from the first sound made to the last one heard", () => {
    const row: [EventName, string][] = [
      ["sound made", "prepared"],
      ["released", "playing"],
      ["played", "playing"],
      ["held", "held"],
      ["resumed", "playing"],
      ["synthesis ended", "playing"],
      ["cancelled", "cancelling"],
      ["cut", "ended"],
    ];
    let state: ReplyState = preparedReply;
    const phases = row.map(([event]) => {
      ({ state } = stepReply(state, events[event]));
      return state.phase;
    });
    expect(phases).toEqual(row.map(([, phase]) => phase));
  });
});
