import { stay, type Move } from "./floor-moves";

/** The reply goes out: what it answers is no question any more. */
export const begin: Move = (state) =>
  stay({
    ...state,
    reply: { phase: "playing", isHeard: false, isNudge: state.question?.isNudge === true },
    answered: state.question?.turn ?? null,
    question: null,
    continuation: null,
    interrupter: null,
    cut: null,
  });

/** The pacer has put some of it on the wire. */
export const hear: Move = (state) => {
  const { reply } = state;
  return stay(
    reply?.phase === "playing" ? { ...state, reply: { ...reply, isHeard: true } } : state,
  );
};
