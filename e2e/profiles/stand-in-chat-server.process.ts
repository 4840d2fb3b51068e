/**
 * Stands in for a chat server in a container: `stand-in-chat-server.process.ts llama-server|vllm …` takes
 * the command line of the program that it is called by, refuses options which that one's manual does not
 * have, and answers at its port as it would.
 */
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { z } from "zod";

const requestSchema = z.object({
  model: z.string(),
  stream: z.literal(true),
  chat_template_kwargs: z.object({ enable_thinking: z.boolean() }).optional(),
});

const [program = "", ...words] = process.argv.slice(2);
const { host, port, model } = program === "vllm" ? readVllm(words) : readLlamaServer(words);

createServer((request, response) => {
  if (request.method === "GET") {
    response.end(JSON.stringify({ object: "list", data: [{ id: model ?? "a model" }] }));
    return;
  }
  if (request.method === "OPTIONS") {
    response.writeHead(405).end();
    return;
  }
  let text = "";
  request.on("data", (piece: Buffer) => (text += piece.toString()));
  request.on("end", () => {
    const body = requestSchema.parse(JSON.parse(text));
    // vLLM serves its model by one name; llama.cpp has one model, whatever it is called.
    if (model !== null && body.model !== model) {
      response.writeHead(404).end(JSON.stringify({ error: { message: "no such model" } }));
      return;
    }
    const isThinking = body.chat_template_kwargs?.enable_thinking ?? program === "vllm";
    const content = isThinking ? "I should not think aloud." : `I am ${program}.`;
    response.writeHead(200, { "content-type": "text/event-stream" });
    const chunk = { choices: [{ index: 0, delta: { content }, finish_reason: null }] };
    const end = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
    for (const part of [chunk, end]) response.write(`data: ${JSON.stringify(part)}\n\n`);
    response.end("data: [DONE]\n\n");
  });
}).listen(port, host);

type Place = { host: string; port: number; model: string | null };

/** By llama.cpp's `tools/server/README.md`; of its options those that have to do with ours. */
function readLlamaServer(parameters: string[]): Place {
  const one = { type: "string" } as const;
  const { values } = parseArgs({
    args: parameters,
    options: {
      "hf-repo": one,
      model: one,
      host: one,
      port: one,
      jinja: { type: "boolean" },
      "n-gpu-layers": one,
      "flash-attn": one,
      "ctx-size": one,
      parallel: one,
      "reasoning-budget": one,
    },
  });
  z.enum(["on", "off", "auto"]).parse(values["flash-attn"]);
  const counts = [values["n-gpu-layers"], values["ctx-size"], values.parallel];
  for (const count of [...counts, values["reasoning-budget"]]) z.coerce.number().int().parse(count);
  if ((values["hf-repo"] === undefined) === (values.model === undefined)) {
    throw new Error("either --hf-repo or --model");
  }
  return { host: values.host ?? "127.0.0.1", port: Number(values.port ?? 8_080), model: null };
}

/** By `vllm serve --help`; of its options those that have to do with ours. */
function readVllm(parameters: string[]): Place {
  const one = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: {
      "served-model-name": one,
      host: one,
      port: one,
      dtype: one,
      "trust-remote-code": { type: "boolean" },
      "gpu-memory-utilization": one,
      "max-num-seqs": one,
      "max-model-len": one,
      "enable-prefix-caching": { type: "boolean" },
    },
  });
  const [command, model, ...more] = positionals;
  if (command !== "serve" || model === undefined || more.length > 0) {
    throw new Error("vllm serve MODEL");
  }
  z.enum(["auto", "half", "float16", "bfloat16", "float", "float32"]).parse(values.dtype);
  z.coerce.number().gt(0).max(1).parse(values["gpu-memory-utilization"]);
  for (const count of [values["max-num-seqs"], values["max-model-len"]]) {
    z.coerce.number().int().positive().parse(count);
  }
  return {
    host: values.host ?? "0.0.0.0",
    port: Number(values.port ?? 8_000),
    model: values["served-model-name"] ?? model,
  };
}
