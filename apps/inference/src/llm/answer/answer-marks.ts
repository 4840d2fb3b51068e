/** What a mark of a model's output does to the text behind it. */
export type MarkEffect =
  /** Hides text up to what `closing` matches. */
  | { type: "hide"; closing: RegExp }
  /** Ends reasoning whose beginning was not marked: all text before it was reasoning. */
  | { type: "retract" }
  /** A channel of OpenAI's harmony format, up to its `<|message|>`. */
  | { type: "channel" }
  /** A header of a chat template, up to the text of the message. */
  | { type: "header" }
  /** The turn is over: nothing behind it is the model's answer. */
  | { type: "end" }
  /** A sign without meaning for people. */
  | { type: "drop" };

/** Names of tags around reasoning, as models and gateways write them. */
const reasoningNames =
  "(?:(?:seed|antml|minimax|qwen):)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|reflect|scratch_?pad|analysis|inner_monologue|internal_monologue|chain_of_thought|cot|contemplation)";
/** Names of tags around calls of tools and their results. */
const toolNames =
  "(?:(?:seed|antml|minimax|qwen):)?(?:tool_?calls?|tool_?use|tool_?code|tool_?outputs?|tool_?response|tool_?results?|tools?|function_?calls?|function_?results?|function|invoke|start_function_call)";
/** Attributes of a tag, or `=name` as in `<function=f>`. */
const attributes = String.raw`(?:[\s=][^<>\n]{0,200})?`;
/** DeepSeek's templates write fullwidth bars and low blocks. */
const bar = "[|\uFF5C]";

const reasoningEnd = String.raw`<\/${reasoningNames}\s?>|\[\/THINK\]|\u25C1\/think\u25B7|<${bar}(?:end_of_thought|END_THINKING|end_thinking|\/think(?:ing)?)${bar}>`;
const turnEnd = String.raw`<${bar}(?:im_end|im_start|eot_id|eom_id|endoftext|end_of_text|begin_of_text|start_header_id|end|return|call|eos|eot|user|assistant|system|observation|END_OF_TURN_TOKEN|START_OF_TURN_TOKEN|end_of_turn|end[\u2581_]of[\u2581_]sentence|User|Assistant)${bar}>|<\/?(?:end_of_turn|start_of_turn|s|eos|bos)>|\[\/?INST\]|<<\/?SYS>>`;

type Mark = { name: string; pattern: string };

/** In order of precedence; each becomes a named group. */
const marks: readonly Mark[] = [
  { name: "reasoningEnd", pattern: reasoningEnd },
  {
    name: "reasoning",
    pattern: String.raw`<${reasoningNames}${attributes}>|\[THINK\]|\u25C1think\u25B7|<${bar}(?:begin_of_thought|START_THINKING|start_thinking|think(?:ing)?)${bar}>`,
  },
  { name: "tool", pattern: String.raw`<(?<tag>${toolNames})${attributes}>` },
  { name: "toolFence", pattern: "```(?:tool_calls?|tool_code|tool_outputs?|function_calls?)\\b" },
  {
    name: "toolRest",
    pattern: String.raw`\[TOOL_CALLS\]|<${bar}(?:python_tag|tool_call|tool_calls|tool_calls_section_begin|tool[\u2581_]calls?[\u2581_]begin|function_call|START_ACTION)${bar}>|\bfunctools\[`,
  },
  { name: "channel", pattern: String.raw`<${bar}channel${bar}?>` },
  { name: "start", pattern: String.raw`<${bar}start${bar}>` },
  { name: "end", pattern: turnEnd },
  { name: "other", pattern: String.raw`<${bar}[^<>\s|\uFF5C]{1,60}${bar}>|<\/${toolNames}\s?>` },
];

const anyMark = new RegExp(
  marks.map(({ name, pattern }) => `(?<${name}>${pattern})`).join("|"),
  "giu",
);

export type FoundMark = { index: number; length: number; effect: MarkEffect };

/** @returns the first mark in `text`, or null */
export function findMark(text: string): FoundMark | null {
  anyMark.lastIndex = 0;
  const match = anyMark.exec(text);
  if (match === null) return null;
  return { index: match.index, length: match[0].length, effect: effectOf(match.groups ?? {}) };
}

function effectOf(groups: Record<string, string | undefined>): MarkEffect {
  if (groups.reasoningEnd !== undefined) return { type: "retract" };
  if (groups.reasoning !== undefined) {
    return { type: "hide", closing: new RegExp(reasoningEnd, "iu") };
  }
  if (groups.tag !== undefined) {
    return { type: "hide", closing: new RegExp(String.raw`<\/(?:${toolNames})\s?>`, "iu") };
  }
  if (groups.toolFence !== undefined) return { type: "hide", closing: /```/u };
  // What follows is for a program, to the end of the answer.
  if (groups.toolRest !== undefined) return { type: "hide", closing: /(?!)/u };
  if (groups.channel !== undefined) return { type: "channel" };
  if (groups.start !== undefined) return { type: "header" };
  return groups.end === undefined ? { type: "drop" } : { type: "end" };
}

/** Marks whose beginning is looked for at the end of a torn text; attributes apart. */
const tornTag = new RegExp(
  String.raw`^<\/?[a-z_:]{0,32}$|^<\/?(?:${reasoningNames}|${toolNames})[\s=][^<>\n]{0,200}$|^<${bar}[^<>\s|\uFF5C]{0,60}${bar}?$|^<<\/?[SY]{0,3}>?$`,
  "iu",
);
const tagNames =
  "think thinking thought thoughts reason reasoning reflection reflect scratchpad scratch_pad analysis inner_monologue internal_monologue chain_of_thought cot contemplation tool tools tool_call tool_calls toolcall toolcalls tool_use tool_code tool_output tool_outputs tool_response tool_result tool_results function function_call function_calls function_result function_results invoke start_function_call end_of_turn start_of_turn s eos bos";
const namespaces = ["seed:", "antml:", "minimax:", "qwen:"];
const names = tagNames.split(" ");
const others = ["[THINK]", "[/THINK]", "\u25C1think\u25B7", "\u25C1/think\u25B7", "[TOOL_CALLS]"];
const literals = [
  ...others,
  "[INST]",
  "[/INST]",
  "```tool_call",
  "```tool_code",
  "```tool_output",
  "```function_call",
];

/** Longest mark, attributes included. */
const longestMark = 260;

/** @returns the length of the longest suffix of `text` that may be the beginning of a mark */
export function tornLength(text: string): number {
  const from = Math.max(0, text.length - longestMark);
  for (let at = from; at < text.length; at++) {
    if (!"<[\u25C1`".includes(text.charAt(at))) continue;
    if (mayBegin(text.slice(at))) return text.length - at;
  }
  return 0;
}

function mayBegin(tail: string): boolean {
  if (literals.some((literal) => literal.startsWith(tail))) return true;
  if (!tornTag.test(tail)) return false;
  const written = /^<\/?(?<name>[a-z_:]*)/iu.exec(tail)?.groups?.name?.toLowerCase() ?? "";
  const name = written.slice(written.indexOf(":") + 1);
  const isSpace = namespaces.some((space) => space.startsWith(written));
  return isSpace || names.some((known) => known.startsWith(name));
}
