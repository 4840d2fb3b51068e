import type { ClientTools } from "../contracts/tool";

/** Turn-taking and form of a session, as far as whoever opened it may choose; it can be changed. */
export type SessionManner = {
  /**
   * End of a turn: `detected` by words and silence, a length of silence alone, or `told` by
   * `turn-commit` (push-to-talk).
   */
  readonly turnEnd: "detected" | "told" | { readonly silenceMs: number };
  /** Turns are answered of the agent's own accord, or only after `answer-asked`. */
  readonly answers: "by-itself" | "when-asked";
  /** Speech over a reply is judged, or never interrupts it. */
  readonly interruption: "judged" | "never";
  /** The agent asks whoever leaves a sentence open to go on. */
  readonly nudges: boolean;
  /** Names and terms that are preferred over what sounds alike. */
  readonly terms: readonly string[];
  /** Replies are written, not spoken. */
  readonly isWritten: boolean;
  /** Speed of the voice, at the same pitch; 1 for its own. */
  readonly voiceSpeed: number;
  /** Tokens after which a reply ends, with those of its sound; null for no limit. */
  readonly maxReplyTokens: number | null;
  /** Tools that the client carries out, in place of the operator's; null for none of its own. */
  readonly clientTools: ClientTools | null;
};

/** Manner of a room. */
export const roomManner: SessionManner = {
  turnEnd: "detected",
  answers: "by-itself",
  interruption: "judged",
  nudges: true,
  terms: [],
  isWritten: false,
  voiceSpeed: 1,
  maxReplyTokens: null,
  clientTools: null,
};
