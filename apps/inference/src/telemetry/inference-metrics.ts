import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** Bounds of waits within a conversation, in seconds: below 200 ms nobody notices. */
const waits = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10];
/** Bounds of one step's share of them, in seconds. */
const steps = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5];

/** Every metric of the inference server but those of its process. */
export type InferenceMetrics = ReturnType<typeof inferenceMetrics>;

/** Declares the metrics, with their meanings for operators. */
export function inferenceMetrics(registry: Registry) {
  const registers = [registry];
  return {
    sessions: new Gauge({
      name: "parley_sessions",
      help: "Rooms whose agent this worker is.",
      registers,
    }),
    sessionMembers: new Gauge({
      name: "parley_session_members",
      help: "People in those rooms.",
      registers,
    }),
    turns: new Counter({
      name: "parley_turns_total",
      help: "Turns that people spoke to their end.",
      registers,
    }),
    messages: new Counter({
      name: "parley_messages_total",
      help: "Messages that people typed.",
      registers,
    }),
    replies: new Counter({
      name: "parley_replies_total",
      help: "Replies that were begun to be heard and have ended: whole, or cut off.",
      labelNames: ["end"] as const,
      registers,
    }),
    bargeIns: new Counter({
      name: "parley_barge_ins_total",
      help: "Replies that were cut off because somebody spoke over them or pressed the button.",
      registers,
    }),
    falseInterruptions: new Counter({
      name: "parley_false_interruptions_total",
      help: "Times that a reply was lowered or held for a sound over it, and went on.",
      registers,
    }),
    answerLatency: new Histogram({
      name: "parley_answer_latency_seconds",
      help: "Wait from the last sound of speech at the server to the first sound of the reply.",
      buckets: waits,
      registers,
    }),
    answerLatencyPart: new Histogram({
      name: "parley_answer_latency_part_seconds",
      help: "What that wait was spent on; the parts of a reply add up to the whole.",
      labelNames: ["part"] as const,
      buckets: steps,
      registers,
    }),
    linkErrors: new Counter({
      name: "parley_link_errors_total",
      help: "Errors that media servers were told of.",
      labelNames: ["code"] as const,
      registers,
    }),
    recognizerStreams: new Gauge({
      name: "parley_recognizer_streams",
      help: "Streams that the recogniser listens to: speakers, clients and files.",
      registers,
    }),
    recognizerLag: new Histogram({
      name: "parley_recognizer_lag_seconds",
      help: "Sound of live speakers that still waited when the recogniser had worked through a piece.",
      buckets: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
      registers,
    }),
    recognizerSettling: new Histogram({
      name: "parley_recognizer_settling_seconds",
      help: "Time in which the recogniser settled the words of a pause.",
      buckets: steps,
      registers,
    }),
    recognizerFailures: new Counter({
      name: "parley_recognizer_failures_total",
      help: "Calls of the recogniser that failed, by their error.",
      labelNames: ["code"] as const,
      registers,
    }),
    batchSize: new Histogram({
      name: "parley_batch_size",
      help: "Streams that shared a run of the recogniser, or replies that shared a step of the voice.",
      labelNames: ["engine"] as const,
      buckets: [1, 2, 3, 4, 6, 8, 12, 16, 24, 32],
      registers,
    }),
    synthesisFirstSound: new Histogram({
      name: "parley_synthesis_first_sound_seconds",
      help: "Wait for the first sound of a text's first clause.",
      buckets: steps,
      registers,
    }),
    synthesisRealTimeFactor: new Histogram({
      name: "parley_synthesis_real_time_factor",
      help: "Wait for a clause's sound by the length of the sound: below 1 the voice keeps up.",
      buckets: [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 4],
      registers,
    }),
    synthesisSound: new Counter({
      name: "parley_synthesis_sound_seconds_total",
      help: "Sound that the voice made.",
      registers,
    }),
    synthesisFailures: new Counter({
      name: "parley_synthesis_failures_total",
      help: "Texts that the voice could not speak to their end.",
      registers,
    }),
    chatFirstText: new Histogram({
      name: "parley_chat_first_text_seconds",
      help: "Wait for the chat model's first word; answers made ahead are among them.",
      buckets: waits,
      registers,
    }),
    chatFailures: new Counter({
      name: "parley_chat_failures_total",
      help: "Answers that the chat model could not give, by the reason that people are told.",
      labelNames: ["reason"] as const,
      registers,
    }),
  };
}
