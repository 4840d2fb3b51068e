import { percentiles, type Percentiles } from "../support/percentiles";
import type { SceneKind } from "./scenes/scene";
import type {
  JudgedScene,
  OverReplyOutcome,
  RoomOutcome,
  SceneOutcome,
  UtteranceOutcome,
} from "./outcomes/outcome";

/** So many of so many. */
export type Share = { count: number; of: number };

/** What is told of a group of scenes. Times are ms; null where nothing was measured. */
export type Figures = ReturnType<typeof figuresOf>;

/** Above this even somebody patient asks whether the agent is still there. */
export const longestCompleteMs = 1_400;
/** Below this nobody who trails off has had time to go on. */
export const shortestTrailingMs = 2_000;

/** Sums up scenes of any kind, of one policy. */
export function figuresOf(scenes: readonly JudgedScene[]) {
  const utterances = (...kinds: SceneKind[]) => outcomes(scenes, kinds, "utterance");
  const overReply = (kind: SceneKind) => outcomes(scenes, [kind], "over-reply");
  const complete = utterances("question", "command", "statement");
  const withdrawn = utterances("pause", "sentences").filter((one) => one.withdrawalsMs.length > 0);
  const interruptions = overReply("interruption");
  const rooms = outcomes(scenes, ["room"], "room");
  const overlaps = outcomes(scenes, ["overlap"], "overlap");
  const televisions = outcomes(scenes, ["television"], "television");
  const echoes = outcomes(scenes, ["echo"], "echo");
  return {
    spokenIntoTo700: spokenInto(utterances("pause"), 700),
    spokenIntoTo1000: spokenInto(utterances("pause"), 1_000),
    spokenIntoAll: spokenInto(utterances("pause"), Infinity),
    betweenSentences: spokenInto(utterances("sentences"), Infinity),
    cutOff: share(complete, ({ isCutOff }) => isCutOff),
    askedWaitMs: waits(utterances("question", "command")),
    statementWaitMs: waits(utterances("statement")),
    completeOverLimit: share(complete, ({ waitMs }) => (waitMs ?? Infinity) > longestCompleteMs),
    trailingWaitMs: waits(utterances("trailing")),
    trailingHurried: share(utterances("trailing"), ({ waitMs }) => {
      return (waitMs ?? Infinity) < shortestTrailingMs;
    }),
    withdrawnAfterMs: spread(withdrawn.flatMap(({ withdrawalsMs }) => withdrawalsMs)),
    withdrawnToOneTurn: share(withdrawn, ({ turns }) => turns === 1),
    backchannelsThrough: share(overReply("backchannel"), isThrough),
    backchannelsCancelled: share(overReply("backchannel"), ({ isCancelled }) => isCancelled),
    noisesCancelled: share(overReply("noise"), ({ isCancelled }) => isCancelled),
    interruptionsMissed: share(interruptions, ({ isCancelled }) => !isCancelled),
    silentAfterMs: spread(interruptions.flatMap(({ silentAfterMs }) => silentAfterMs ?? [])),
    remarksAnswered: remarksAnswered(rooms),
    callsMissed: share(
      rooms.filter(({ isCallAnswered }) => isCallAnswered !== null),
      ({ isCallAnswered }) => isCallAnswered === false,
    ),
    overlapsLost: share(overlaps, ({ linesLost }) => linesLost > 0),
    televisionAnswered: {
      loud: share(
        televisions.filter(({ levelDb }) => levelDb > -20),
        ({ isAnswered }) => isAnswered,
      ),
      quiet: share(
        televisions.filter(({ levelDb }) => levelDb <= -20),
        ({ isAnswered }) => isAnswered,
      ),
    },
    echoAnswered: share(echoes, ({ isAnsweringItself }) => isAnsweringItself),
    echoInterrupts: share(echoes, ({ isInterruptingItself }) => isInterruptingItself),
  };
}

/** True when the agent went on speaking, though perhaps more quietly. */
export function isThrough({ isHeld, isCancelled }: OverReplyOutcome): boolean {
  return !isHeld && !isCancelled;
}

function outcomes<Type extends SceneOutcome["type"]>(
  scenes: readonly JudgedScene[],
  kinds: readonly SceneKind[],
  type: Type,
): Extract<SceneOutcome, { type: Type }>[] {
  return scenes
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ outcome }) => outcome)
    .filter((outcome): outcome is Extract<SceneOutcome, { type: Type }> => outcome.type === type);
}

function share<Item>(items: readonly Item[], isCounted: (item: Item) => boolean): Share {
  return { count: items.filter(isCounted).length, of: items.length };
}

function spokenInto(utterances: readonly UtteranceOutcome[], longestMs: number): Share {
  const pauses = utterances.flatMap(({ pauses }) => pauses).filter(({ ms }) => ms <= longestMs);
  return share(pauses, ({ isSpokenInto }) => isSpokenInto);
}

function waits(utterances: readonly UtteranceOutcome[]): Percentiles | null {
  return spread(utterances.flatMap(({ waitMs }) => waitMs ?? []));
}

function spread(values: readonly number[]): Percentiles | null {
  return values.length === 0 ? null : percentiles(values);
}

function remarksAnswered(rooms: readonly RoomOutcome[]): Share {
  const sum = (of: (room: RoomOutcome) => number) => rooms.reduce((all, one) => all + of(one), 0);
  return { count: sum(({ answered }) => answered), of: sum(({ remarks }) => remarks) };
}
