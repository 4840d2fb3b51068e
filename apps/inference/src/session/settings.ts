/** Tuned numbers of a conversation, each with its trade-off. Durations are milliseconds. */
export type SessionSettings = {
  /** Probability at which a window counts as speech: Silero's own recommendation. */
  speechStartThreshold: number;
  /** Below this a window counts as silence; the gap keeps soft syllables inside the speech. */
  speechStopThreshold: number;
  /** Windows in a row that open speech: one is a click, two (64 ms) are shorter than any word. */
  speechStartWindows: number;
  /** Silence that closes speech. Must exceed the closure of a stop consonant (about 80 ms). */
  silenceStopMs: number;
  /**
   * Audio before the detected start that the recogniser gets: soft first words lie there, "I" or
   * "well", up to half a second before the one that voice activity detection notices. Moonshine hears
   * "clubs" as "cloves" without 320 ms before the voice.
   */
  preRollMs: number;
  /** Audio kept for turn detectors that listen. */
  recentAudioMs: number;
  /** Frames stop when a member mutes: open speech is closed after this long without any. */
  idleSpeechMs: number;

  /**
   * Silence after a question, a request, or the answer that the agent asked for. Must exceed
   * `silenceStopMs` and a comma (about 200).
   */
  shortestWaitMs: number;
  /** Silence after a whole statement: must exceed the pause between two sentences (300 to 700). */
  statementWaitMs: number;
  /**
   * Silence after what may lack its end. With what it takes to hear the silence and to begin, the answer
   * to something complete is to come within 1,400.
   */
  unsureWaitMs: number;
  /** Silence after which any turn ends: longer feels dead, shorter cuts off who is thinking. */
  longestWaitMs: number;
  /**
   * Time from a nudge until what there is gets its answer: the nudge itself and three seconds to think.
   * Without any there are no nudges.
   */
  nudgedWaitMs: number;

  /**
   * Mean confidence of a turn's words below which it is doubtful, for recognisers that name no limit.
   * Of what Moonshine Tiny wrote for people in noise, 64 % of the words were wrong between 0.55 and
   * 0.6, 35 % up to 0.75, 16 % up to 0.85; without noise it was 0.78 and above.
   */
  doubtfulConfidence: number;
  /** Doubtful turns in a row after which the room says so: one is a slip, three are a habit. */
  doubtfulTurns: number;
  /** Clear turns in a row that take it back. */
  clearTurns: number;
  /** Speech this long in which no word was found counts as a doubtful turn, shorter as a cough. */
  wordlessDoubtMs: number;

  /** Speech over a reply that interrupts it, whatever is said: for those who want no judgement. */
  interruptingSpeechMs: number;
  /** Speech over a reply that ducks it: longer than a click, too short to be annoying. */
  duckAfterSpeechMs: number;
  /**
   * Speech over a reply that silences it while its words are still unknown: longer than a listening
   * sound, during which the agent goes on at low volume.
   */
  holdAfterSpeechMs: number;
  /**
   * Speech over a reply whose words are looked for ahead of the recogniser's stream: as soon as it is
   * noticed. Voice activity notices a soft onset, as of "what", up to 200 late, and its first word may
   * be in the pre-roll by then.
   */
  earlyWordsFromMs: number;
  /** Speech from which on looks may agree on words: a syllable. */
  earlyWordsCountFromMs: number;
  /** Interval between such looks: two windows of voice activity detection. */
  earlyWordsEveryMs: number;
  /** Speech beyond which the stream's own words do. */
  earlyWordsUntilMs: number;
  /** Short words that last longer are an interruption, unless they are known to listen. */
  asideLimitMs: number;
  /** So long a lone "no" over a reply may go on as "no way". */
  unclearLimitMs: number;
  /** Silence after which a ducked or held reply goes on: shorter flaps at "yeah, but". */
  resumeSilenceMs: number;
  /**
   * Listening sounds that last longer are an interruption. A drawn-out "mm-hmm" takes up to 1,000;
   * the reply is ducked meanwhile, so waiting costs little.
   */
  backchannelLimitMs: number;
  /** Speech this long without a single word is noise: it neither holds nor delays the agent. */
  wordlessLimitMs: number;
  /** "Yeah" so shortly before the end of a question is its answer, not a backchannel. */
  answerOverlapMs: number;
  /**
   * Speech of whom the agent answers, so soon after it began: they had not finished. Longer ago it is
   * an interruption.
   */
  lateCorrectionMs: number;
  /** Wait for the pacer to confirm a cancellation. Must exceed a round trip. */
  cancelTimeoutMs: number;
  /** Playout that reports nothing for this long is taken for dead; reports come every 100. */
  stalledPlayoutMs: number;

  /** Replies are begun in pauses, before it is known whether the turn is over. */
  isSpeculating: boolean;
  /** Audio made ahead for a reply that may never be heard. */
  speculativeLeadMs: number;
  /** Audio made ahead of the playout: rides out a slow clause, bounds what a barge-in wastes. */
  playoutLeadMs: number;
  /** How the clauses behind the first are made; that one is wanted as early as can be. */
  laterClauses: "fast-start" | "batch";
  /** Silence between sentences, so that they do not run together. */
  sentencePauseMs: number;
  /** The first clause may end at a comma from this length on, so that sound starts early. */
  firstClauseCharacters: number;
  /** From this length on a clause ends at the next comma. */
  longClauseCharacters: number;
  /** A clause never exceeds this: synthesisers take time and memory by length. */
  maxClauseCharacters: number;
  /** Silence of the chat model after which the agent asks for a moment: longer feels dead. */
  slowAnswerMs: number;
  /** Further silence after which it does so again. */
  verySlowAnswerMs: number;
  /** A tool that takes longer makes the agent say so: longer feels dead. */
  slowToolMs: number;
  /** Calls of tools for one reply; a model that calls for ever is told to answer. */
  toolCallsPerReply: number;
  /** Words that wait that long for the end of their clause are spoken without it. */
  dribbleMs: number;
  /** Longest frame of reply audio on the link. */
  replyFrameMs: number;

  /**
   * Silence after which the agent takes up a question to everybody: people think for about a second
   * before they answer each other.
   */
  offeredQuestionMs: number;
  /** Lines that begin so soon after another may go on with it. */
  exchangeMs: number;
  /** So long who called another person goes on speaking to that person. */
  goingOnMs: number;
  /** So long after its own question what is said is the answer to it. */
  answerExpectedMs: number;

  /** The agent's own voice is kept out of microphones by what was played. */
  isOwnVoiceGated: boolean;
  /** Speech without words holds no reply in the first moments: echo cancellers start late. */
  echoWarmUpMs: number;
  /** Speech that begins later after a reply's end is no echo of it: loudspeaker, network, room. */
  echoDelayMs: number;
  /** The agent's own words are looked for so far back at most. */
  echoMemoryMs: number;

  /**
   * A voice so much softer than the softest that was listened to in a microphone is in the background,
   * as a television is, 12 dB and more. People vary by 6 dB from turn to turn.
   */
  backgroundBelowDb: number;
  /** So much softer than that, 12 dB in all, while few turns are known: people vary by less. */
  strangerExtraDb: number;
  /**
   * While few turns are known, a voice that is softer by more than that is nobody's at the microphone,
   * whatever it says: two people at one may be 17 dB apart.
   */
  strangerLimitDb: number;
  /** A voice that is hardly known, and goes on for that long without a pause, tells and does not ask. */
  strangerSpeechMs: number;
  /** Turns that have to be known before levels tell, whatever is said. */
  levelsKnown: number;
  /**
   * Speech begins louder than it is on the whole: by 3 dB in the mean after 64 to 200 ms, by 5 to 8 in
   * one sentence of ten, of people's recordings and Flite's.
   */
  onsetLouderDb: number;
  /** For so long. */
  onsetMs: number;
  /** Speech after which its level is known: the first syllable may be a soft one. */
  levelKnownAfterMs: number;
  /**
   * A turn whose level was somebody's at the microphone for so long stays theirs: a sentence may end so
   * softly that its level as a whole is that of the background.
   */
  listenedForMs: number;
  /** A soft voice after that much silence is somebody who moved away, and was not answered. */
  movedAwayMs: number;

  /** Typed lines within this long of the last that was asked, unless it was answered, wait. */
  typedIntervalMs: number;
  /** Replies a minute to what one member types: people type slower, scripts do not. */
  typedRepliesPerMember: number;
  /** Replies a minute to what is typed in a room. */
  typedRepliesPerRoom: number;

  /** Pause before the greeting, so that the first member's audio path is up. */
  greetingDelayMs: number;
  /** Lines of the conversation that the chat model sees. */
  maxHistoryLines: number;
  /** Lines that are forgotten at once: a server's cache of the prompt's beginning lasts so long. */
  historyStepLines: number;
  /** Characters of the conversation that the chat model sees: about 6,000 tokens. */
  maxHistoryCharacters: number;
  /** Tokens of a prompt, as the chat model's server counts them; null for no limit of this kind. */
  maxPromptTokens: number | null;
};

export const defaultSessionSettings: SessionSettings = {
  speechStartThreshold: 0.5,
  speechStopThreshold: 0.35,
  speechStartWindows: 2,
  silenceStopMs: 128,
  preRollMs: 700,
  recentAudioMs: 8_000,
  idleSpeechMs: 1_000,

  shortestWaitMs: 250,
  statementWaitMs: 800,
  unsureWaitMs: 1_250,
  longestWaitMs: 2_500,
  nudgedWaitMs: 4_000,

  doubtfulConfidence: 0.7,
  doubtfulTurns: 3,
  clearTurns: 2,
  wordlessDoubtMs: 1_000,

  interruptingSpeechMs: Infinity,
  duckAfterSpeechMs: 100,
  holdAfterSpeechMs: 900,
  earlyWordsFromMs: 60,
  earlyWordsCountFromMs: 120,
  earlyWordsEveryMs: 60,
  earlyWordsUntilMs: 1_000,
  asideLimitMs: 1_500,
  unclearLimitMs: 400,
  resumeSilenceMs: 400,
  backchannelLimitMs: 1_500,
  wordlessLimitMs: 1_200,
  answerOverlapMs: 1_500,
  lateCorrectionMs: 1_000,
  cancelTimeoutMs: 500,
  stalledPlayoutMs: 5_000,

  isSpeculating: true,
  speculativeLeadMs: 3_000,
  playoutLeadMs: 10_000,
  laterClauses: "fast-start",
  sentencePauseMs: 250,
  firstClauseCharacters: 20,
  longClauseCharacters: 120,
  maxClauseCharacters: 220,
  slowAnswerMs: 4_000,
  verySlowAnswerMs: 15_000,
  slowToolMs: 800,
  toolCallsPerReply: 16,
  dribbleMs: 2_500,
  replyFrameMs: 100,

  offeredQuestionMs: 1_500,
  exchangeMs: 8_000,
  goingOnMs: 3_000,
  answerExpectedMs: 15_000,

  isOwnVoiceGated: true,
  echoWarmUpMs: 3_000,
  echoDelayMs: 1_000,
  echoMemoryMs: 20_000,

  backgroundBelowDb: 9,
  strangerExtraDb: 3,
  strangerLimitDb: 20,
  strangerSpeechMs: 4_000,
  onsetLouderDb: 3,
  onsetMs: 400,
  levelsKnown: 3,
  levelKnownAfterMs: 190,
  listenedForMs: 1_000,
  movedAwayMs: 4_000,

  typedIntervalMs: 2_000,
  typedRepliesPerMember: 12,
  typedRepliesPerRoom: 30,

  greetingDelayMs: 500,
  maxHistoryLines: 80,
  historyStepLines: 20,
  maxHistoryCharacters: 24_000,
  maxPromptTokens: null,
};
