import { passedOn } from "../container-rules";
import { setting, type Settings } from "../setting";
import { address, listOf, text, wholeNumber } from "../value-kinds";

/** The ear: which model hears, and on what. */
export const recognizer = {
  RECOGNIZER_MODEL: setting({
    meaning:
      "a folder of ONNX files, a `.nemo` file, which is converted at its first use, or a name of `parley models`",
    value: text,
    unset: "`moonshine-tiny-en`",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  RECOGNIZER_URL: setting({
    meaning: "a recogniser on another machine, in the place of a model here; see below",
    value: address("ws", "wss", "http", "https", "grpc", "grpcs"),
    unset: "none",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  RECOGNIZER_API_KEY: setting({
    meaning: "its key, where it wants one",
    value: text,
    unset: "none",
    isSecret: true,
    readBy: ["inference"],
    onlyWith: "RECOGNIZER_URL",
    containers: { inference: passedOn },
  }),
  RECOGNIZER_REMOTE_MODEL: setting({
    meaning: "the model's name there, in OpenAI's way and in Riva's",
    value: text,
    unset: "`whisper-1`, or what Riva chooses",
    readBy: ["inference"],
    onlyWith: "RECOGNIZER_URL",
    containers: { inference: passedOn },
  }),
  RECOGNIZER_REMOTE_LANGUAGE: setting({
    meaning: "the language spoken, such as `en-US`, in OpenAI's way and in Riva's",
    value: text,
    unset: "found out there; `en-US` for Riva",
    readBy: ["inference"],
    onlyWith: "RECOGNIZER_URL",
    containers: { inference: passedOn },
  }),
  RECOGNIZER_PROVIDERS: setting({
    meaning:
      "where it runs, best first: `webgpu,cpu`; also `cuda`, `tensorrt`, `coreml`. What is missing is passed over, see [gpu.md](gpu.md)",
    value: listOf(["cpu", "cuda", "tensorrt", "webgpu", "coreml"]),
    unset: "`webgpu` with a graphics card and an engine that was tried there, else `cpu`",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  RECOGNIZER_THREADS: setting({
    meaning: "threads that one operator of it may use",
    value: wholeNumber(1, 256),
    unset: "by the machine",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  RIGHT_CONTEXT: setting({
    meaning:
      "the recogniser's look-ahead in frames of 80 ms: 1 answers sooner, 6 hears a little better",
    value: wholeNumber(0, 69),
    unset: "the model's own",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
} satisfies Settings;
