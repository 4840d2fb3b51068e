import { notOffered, passedOn, setByImage } from "../container-rules";
import { setting, type Settings } from "../setting";
import { address, path, text, type ValueKind } from "../value-kinds";

const atHome = notOffered("it lies in `HF_HOME`");

/** Texts that its tools take for yes; every other one means that the network may be used. */
const offline: ValueKind<boolean> = {
  schema: text.schema.transform((written) => /^(?:1|on|yes|true)$/iu.test(written)),
  expects: "1 or 0",
};

/** Hugging Face's hub: variables of its own tools, which mean the same there. */
export const modelHub = {
  HF_TOKEN: setting({
    meaning: "opens gated models, once their licence is accepted on their page",
    value: text,
    unset: "that of Hugging Face's login",
    isSecret: true,
    readBy: ["models"],
    containers: { inference: passedOn },
  }),
  HF_TOKEN_PATH: setting({
    meaning: "the file in which that login keeps the token",
    value: path,
    unset: "`token` in `HF_HOME`",
    readBy: ["models"],
    containers: { inference: atHome },
  }),
  HF_HOME: setting({
    meaning: "the folder of Hugging Face's tools, downloaded models in it",
    value: path,
    unset: "`~/.cache/huggingface`",
    readBy: ["models"],
    containers: { inference: setByImage("/cache/huggingface", "on the volume of `PARLEY_CACHE`") },
  }),
  HF_HUB_CACHE: setting({
    meaning: "the folder of downloaded models",
    value: path,
    unset: "`hub` in `HF_HOME`",
    readBy: ["models"],
    containers: { inference: atHome },
  }),
  HF_ENDPOINT: setting({
    meaning: "another hub or mirror, such as `https://hub.example.org`",
    value: address("http", "https"),
    unset: "`https://huggingface.co`",
    readBy: ["models"],
    containers: { inference: passedOn },
  }),
  HF_HUB_OFFLINE: setting({
    meaning: "`1`: nothing may be downloaded",
    value: offline,
    default: "0",
    readBy: ["models"],
    containers: { inference: passedOn },
  }),
} satisfies Settings;
