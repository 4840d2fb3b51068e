import { z } from "zod";
import { passedOn, passedOnOr } from "../container-rules";
import { setting, type Settings } from "../setting";
import { address, json, milliseconds, oneOf, text, wholeNumber } from "../value-kinds";

/** The brain: a chat server, or the scripted one. */
export const chatModel = {
  LLM_BASE_URL: setting({
    meaning: "an OpenAI-compatible chat server, up to and with `/v1`",
    value: address("http", "https"),
    unset: "the scripted brain",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  LLM_MODEL: setting({
    meaning: "the model's name there",
    value: text,
    default: "default",
    readBy: ["inference"],
    onlyWith: "LLM_BASE_URL",
    containers: { inference: passedOn },
  }),
  LLM_API_KEY: setting({
    meaning: "its key, where it wants one",
    value: text,
    unset: "none",
    isSecret: true,
    readBy: ["inference"],
    onlyWith: "LLM_BASE_URL",
    containers: { inference: passedOn },
  }),
  LLM_EXTRA_BODY: setting({
    meaning:
      'JSON added to each chat request, such as `{"chat_template_kwargs":{"enable_thinking":false}}`',
    value: json(z.record(z.string(), z.unknown()), "a JSON object"),
    unset: "none",
    readBy: ["inference"],
    onlyWith: "LLM_BASE_URL",
    containers: { inference: passedOn },
  }),
  LLM_FIRST_TOKEN_MS: setting({
    meaning:
      "how long the chat server may take to its first token; one that loads its model takes long",
    value: milliseconds(1_000, 280_000),
    default: "60000",
    readBy: ["inference"],
    onlyWith: "LLM_BASE_URL",
    containers: { inference: passedOn },
  }),
  LLM_CHUNK_TOKENS: setting({
    meaning:
      "tokens that the chat server writes at a time while an answer is spoken, such as 32, where it shares a graphics card with the voice; 0 for whole answers; see below",
    value: wholeNumber(0, 4_096),
    default: "0",
    readBy: ["inference"],
    onlyWith: "LLM_BASE_URL",
    containers: { inference: passedOn },
  }),
  LLM_FIRST_CHUNK_TOKENS: setting({
    meaning: "the same for an answer's beginning: enough for a clause to begin with",
    value: wholeNumber(1, 4_096),
    default: "24",
    readBy: ["inference"],
    onlyWith: "LLM_CHUNK_TOKENS",
    containers: { inference: passedOn },
  }),
  LLM_PROMPT_TOKENS: setting({
    meaning:
      "tokens that a prompt may take of the chat server's context, by its own count; the oldest lines are left out; see below",
    value: wholeNumber(256, 1_048_576),
    unset: "80 lines, of 24000 characters at most",
    readBy: ["inference"],
    onlyWith: "LLM_BASE_URL",
    containers: { inference: passedOn },
  }),
  LLM_SERVER_SLOTS: setting({
    meaning:
      "slots of llama.cpp's server (its `--parallel`), so that each room keeps its own; 0 for any other server; see below",
    value: wholeNumber(0, 256),
    default: "0",
    readBy: ["inference"],
    onlyWith: "LLM_BASE_URL",
    containers: { inference: passedOn },
  }),
  LLM_GGUF: setting({
    meaning:
      "a language model in this process: a `.gguf` file, or a model's name, such as `nemotron-3-nano-4b`",
    value: text,
    unset: "what was chosen on the Models page, else the scripted brain",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  LLM_DEVICE: setting({
    meaning:
      "where it computes: `auto` takes a graphics card that Vulkan or Metal finds; `cuda` installs half a gigabyte more",
    value: oneOf(["auto", "cpu", "vulkan", "cuda", "metal"]),
    default: "auto",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  LLM_SLOTS: setting({
    meaning: "conversations that it keeps in memory, and answers at a time; further rooms wait",
    value: wholeNumber(1, 64),
    default: "2",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  LLM_CONTEXT: setting({
    meaning: "tokens of one conversation",
    value: wholeNumber(512, 1_048_576),
    default: "4096",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  LLM_THREADS: setting({
    meaning: "threads that it computes with, where no graphics card does",
    value: wholeNumber(1, 256),
    unset: "half of the cores",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  TZ: setting({
    meaning: "the time zone in which the agent tells the time, such as `Europe/Berlin`",
    value: text,
    unset: "the machine's",
    readBy: ["inference"],
    // An empty TZ would leave Node without any zone.
    containers: { inference: passedOnOr("UTC", "a container has no zone of its own") },
  }),
} satisfies Settings;
