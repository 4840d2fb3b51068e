import { passedOn } from "../container-rules";
import { setting, type Settings } from "../setting";
import { milliseconds, oneOf, text } from "../value-kinds";

/** How the agent takes turns, and its waits in ms. */
export const turnTaking = {
  TURNS: setting({
    meaning: "what decides: what is said (`semantic`), or 0.2 s of `silence`; see below",
    value: oneOf(["semantic", "silence"]),
    default: "semantic",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  SPECULATION: setting({
    meaning:
      "`on` begins answers while people draw breath, and drops those that they go on from; `off` asks the chat model once a turn, for one that is paid by the request or shared by many",
    value: oneOf(["on", "off"]),
    default: "on",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  TURN_MODEL: setting({
    meaning:
      "what hears ends of turns besides the words, where `TURNS` is `semantic`: `words-and-pauses`, an `.onnx` file, a folder, or a name of `parley models`, such as `smart-turn-v3`",
    value: text,
    unset: "what was chosen on the Models page, else `words-and-pauses`",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  SENTENCE_PAUSE_MS: setting({
    meaning: "silence between the agent's sentences",
    value: milliseconds(0, 5_000),
    default: "250",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  SHORTEST_WAIT_MS: setting({
    meaning: "silence before an answer to a question or a request",
    value: milliseconds(100, 5_000),
    default: "250",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  LONGEST_WAIT_MS: setting({
    meaning: "silence before an answer to words that lack their end",
    value: milliseconds(100, 5_000),
    default: "2500",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  NUDGED_WAIT_MS: setting({
    meaning:
      'time from the agent\'s "Go on." after words that lack their end until it answers what there is; with 0 it says no such thing',
    value: milliseconds(0, 20_000),
    default: "4000",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
} satisfies Settings;
