import { notOffered, setByImage } from "../container-rules";
import { setting, type Settings } from "../setting";
import { path } from "../value-kinds";

const dataVolume = setByImage("/data", "a volume");

/** Folders for what people made, and for what can be obtained again. */
export const folders = {
  PARLEY_DATA: setting({
    meaning: "what people made: rooms, transcripts, settings. Back this up",
    value: path,
    default: ".parley/data",
    unset: "`.parley/data`",
    readBy: ["inference", "media-server", "npm start"],
    containers: { inference: dataVolume, "media-server": dataVolume },
  }),
  PARLEY_CACHE: setting({
    meaning: "what can be obtained again: the mediasoup worker, conversions of models",
    value: path,
    unset: "`~/.cache/parley`",
    readBy: ["models", "setup"],
    containers: { inference: setByImage("/cache", "a volume") },
  }),
  PARLEY_MODELS: setting({
    meaning: "the folder of the models that ship with Parley",
    value: path,
    unset: "`models`",
    readBy: ["inference", "models"],
    containers: { inference: notOffered("the image has these models") },
  }),
  XDG_CACHE_HOME: setting({
    meaning: "the folder of caches, in which Parley's and Hugging Face's lie by default",
    value: path,
    unset: "`~/.cache`",
    readBy: ["models", "setup"],
    containers: { inference: notOffered("both caches lie in `/cache`") },
  }),
} satisfies Settings;
