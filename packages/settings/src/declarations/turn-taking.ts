import { passedOn } from "../container-rules";
import { setting, type Settings } from "../setting";
import { milliseconds } from "../value-kinds";

/** Waits of the agent, in ms. */
export const turnTaking = {
  SENTENCE_PAUSE_MS: setting({
    meaning: "silence between the agent's sentences",
    value: milliseconds(0, 5_000),
    default: "250",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  SHORTEST_WAIT_MS: setting({
    meaning: "silence before an answer to a surely finished sentence",
    value: milliseconds(100, 5_000),
    default: "200",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  LONGEST_WAIT_MS: setting({
    meaning: "silence before an answer to a surely unfinished sentence",
    value: milliseconds(100, 5_000),
    default: "1200",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
} satisfies Settings;
