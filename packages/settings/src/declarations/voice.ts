import { passedOn } from "../container-rules";
import { setting, type Settings } from "../setting";
import { address, list, listOf, oneOf, text } from "../value-kinds";

/** The agent's voice: here, or on another machine. */
export const voice = {
  AGENT_VOICE: setting({
    meaning: "with Flite `slt`, `rms`, `awb` or `kal16`, unless the room's maker chose one",
    value: text,
    unset: "the voice's first",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  SPEECH: setting({
    meaning: "`stream` hurries every clause of a reply, `adaptive` the first one; see below",
    value: oneOf(["stream", "adaptive"]),
    default: "stream",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  SYNTHESIZER_MODEL: setting({
    meaning: "a Kokoro or Magpie model: a folder, a `.nemo` file or a name of `parley models`",
    value: text,
    unset: "Flite",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  SYNTHESIZER_CODEC: setting({
    meaning: "Magpie's codec, likewise",
    value: text,
    unset: "`nano-codec`",
    readBy: ["inference"],
    onlyWith: "SYNTHESIZER_MODEL",
    containers: { inference: passedOn },
  }),
  SYNTHESIZER_PROVIDERS: setting({
    meaning: "where it runs, best first, as `RECOGNIZER_PROVIDERS` says it of hearing",
    value: listOf(["cpu", "cuda", "tensorrt", "webgpu", "coreml"]),
    unset: "as `RECOGNIZER_PROVIDERS`",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  SYNTHESIZER_URL: setting({
    meaning: "a voice on another machine, in the place of a model here; see below",
    value: address("ws", "wss", "http", "https", "grpc", "grpcs"),
    unset: "none",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  SYNTHESIZER_API_KEY: setting({
    meaning: "its key, where it wants one",
    value: text,
    unset: "none",
    isSecret: true,
    readBy: ["inference"],
    onlyWith: "SYNTHESIZER_URL",
    containers: { inference: passedOn },
  }),
  SYNTHESIZER_REMOTE_MODEL: setting({
    meaning: "the model's name there, in OpenAI's way and in Riva's",
    value: text,
    unset: "`tts-1`, or what Riva chooses",
    readBy: ["inference"],
    onlyWith: "SYNTHESIZER_URL",
    containers: { inference: passedOn },
  }),
  SYNTHESIZER_REMOTE_FORMAT: setting({
    meaning: "what is asked for in OpenAI's way: `pcm` or `wav`",
    value: oneOf(["pcm", "wav"]),
    default: "pcm",
    readBy: ["inference"],
    onlyWith: "SYNTHESIZER_URL",
    containers: { inference: passedOn },
  }),
  SYNTHESIZER_REMOTE_VOICES: setting({
    meaning: "the voices there, the default first, separated by commas",
    value: list,
    unset: "what the machine tells",
    readBy: ["inference"],
    onlyWith: "SYNTHESIZER_URL",
    containers: { inference: passedOn },
  }),
} satisfies Settings;
