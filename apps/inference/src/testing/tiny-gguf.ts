/** GGUF's codes for the types of values (ggml/docs/gguf.md). */
const valueTypes = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const;
/** ggml's code for 32-bit floats. */
const float32Tensor = 0;
const alignment = 32;

/** llama.cpp's kinds of tokens. */
const tokenKinds = { normal: 1, unknown: 2, control: 3, byte: 6 } as const;

type Value =
  | { type: "uint32" | "float32"; value: number }
  | { type: "string"; value: string }
  | { type: "array"; of: "int32" | "float32"; values: readonly number[] }
  | { type: "array"; of: "string"; values: readonly string[] };

type Tensor = { name: string; shape: readonly number[]; values: Float32Array };

/** ChatML, as most models have it. */
const chatTemplate = [
  "{% for message in messages %}",
  "<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n",
  "{% endfor %}",
  "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
].join("");

/**
 * Writes a model of the llama family that speaks one text: every token has a single successor, since
 * attention and feed-forward parts are zero and the output matrix is a table of what comes next.
 *
 * @param words the answer, a token each; written with their spaces, "▁Hello"
 * @param options.isEndless whether the last word goes on with itself instead of ending the answer
 * @param options.first words that it writes in their place after a line of the user's, such as the
 *   beginning of a function's call; the answer follows the function's result
 */
export function tinyGguf(
  words: readonly string[],
  options: { isEndless?: boolean; first?: readonly string[] } = {},
): Buffer {
  const { first = [] } = options;
  const control = ["<s>", "</s>", "<|im_start|>", "<|im_end|>"];
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${hex(byte)}>`);
  // The end of the template's "assistant" line, which no other line break shares.
  const afterUser = first.length === 0 ? [] : ["t\n"];
  const tokens = ["<unk>", ...control, ...bytes, ...words, ...afterUser, ...first];
  const kinds = tokens.map((_, at) => {
    if (at === 0) return tokenKinds.unknown;
    if (at <= control.length) return tokenKinds.control;
    return at <= control.length + 256 ? tokenKinds.byte : tokenKinds.normal;
  });
  const idOf = (token: string) => tokens.indexOf(token);
  const width = Math.ceil(tokens.length / alignment) * alignment;
  const embeddings = new Float32Array(width * tokens.length);
  const outputs = new Float32Array(width * tokens.length);
  for (const id of tokens.keys()) embeddings[id * width + id] = 1;
  const follow = (from: string, to: string) => (outputs[idOf(to) * width + idOf(from)] = 8);
  for (const [at, word] of first.entries()) follow(first[at - 1] ?? "t\n", word);
  // The template ends with a line break; the answer begins behind it.
  const chain = ["<0x0A>", ...words];
  for (const [at, word] of chain.entries()) {
    const end = options.isEndless === true ? word : "<|im_end|>";
    follow(word, chain[at + 1] ?? end);
  }

  const square = () => new Float32Array(width * width);
  const ones = () => new Float32Array(width).fill(1);
  const layer = (name: string, values: Float32Array, shape = [width, width]): Tensor => ({
    name: `blk.0.${name}.weight`,
    shape,
    values,
  });
  const tensors: Tensor[] = [
    { name: "token_embd.weight", shape: [width, tokens.length], values: embeddings },
    { name: "output_norm.weight", shape: [width], values: ones() },
    { name: "output.weight", shape: [width, tokens.length], values: outputs },
    layer("attn_norm", ones(), [width]),
    ...["attn_q", "attn_k", "attn_v", "attn_output"].map((name) => layer(name, square())),
    layer("ffn_norm", ones(), [width]),
    ...["ffn_gate", "ffn_up", "ffn_down"].map((name) => layer(name, square())),
  ];
  const uint32 = (value: number): Value => ({ type: "uint32", value });
  return write(
    {
      "general.architecture": { type: "string", value: "llama" },
      "general.name": { type: "string", value: "tiny" },
      "llama.context_length": uint32(4_096),
      "llama.embedding_length": uint32(width),
      "llama.block_count": uint32(1),
      "llama.feed_forward_length": uint32(width),
      "llama.attention.head_count": uint32(width / alignment),
      "llama.attention.head_count_kv": uint32(width / alignment),
      "llama.attention.layer_norm_rms_epsilon": { type: "float32", value: 1e-5 },
      "llama.rope.dimension_count": uint32(alignment),
      "llama.vocab_size": uint32(tokens.length),
      "tokenizer.ggml.model": { type: "string", value: "llama" },
      "tokenizer.ggml.tokens": { type: "array", of: "string", values: tokens },
      "tokenizer.ggml.scores": { type: "array", of: "float32", values: tokens.map(() => 0) },
      "tokenizer.ggml.token_type": { type: "array", of: "int32", values: kinds },
      "tokenizer.ggml.unknown_token_id": uint32(0),
      "tokenizer.ggml.bos_token_id": uint32(idOf("<s>")),
      "tokenizer.ggml.eos_token_id": uint32(idOf("<|im_end|>")),
      "tokenizer.chat_template": { type: "string", value: chatTemplate },
    },
    tensors,
  );
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0").toUpperCase();
}

/** GGUF version 3: header, values, what tensors there are, and their numbers. */
function write(values: Record<string, Value>, tensors: readonly Tensor[]): Buffer {
  const entries = Object.entries(values);
  const head = [Buffer.from("GGUF"), u32(3), u64(tensors.length), u64(entries.length)];
  for (const [key, value] of entries) head.push(text(key), ...valueBytes(value));
  let offset = 0;
  const data: Buffer[] = [];
  for (const { name, shape, values: numbers } of tensors) {
    head.push(text(name), u32(shape.length), ...shape.map(u64), u32(float32Tensor), u64(offset));
    const bytes = padded(Buffer.from(numbers.buffer));
    data.push(bytes);
    offset += bytes.length;
  }
  return Buffer.concat([padded(Buffer.concat(head)), ...data]);
}

function valueBytes(value: Value): Buffer[] {
  switch (value.type) {
    case "uint32":
      return [u32(valueTypes.uint32), u32(value.value)];
    case "float32":
      return [u32(valueTypes.float32), f32(value.value)];
    case "string":
      return [u32(valueTypes.string), text(value.value)];
    case "array": {
      const items =
        value.of === "string"
          ? value.values.map(text)
          : value.values.map(value.of === "int32" ? u32 : f32);
      const head = [u32(valueTypes.array), u32(valueTypes[value.of]), u64(items.length)];
      return [...head, ...items];
    }
  }
}

function padded(bytes: Buffer): Buffer {
  const missing = (alignment - (bytes.length % alignment)) % alignment;
  return Buffer.concat([bytes, Buffer.alloc(missing)]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}
