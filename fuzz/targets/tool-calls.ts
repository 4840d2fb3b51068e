import { readChatChunk } from "@parley/inference/llm/wire/chat-chunk";
import { ToolCallPieces } from "@parley/inference/llm/wire/tool-call-pieces";
import fc from "fast-check";
import { fuzzTarget } from "../fuzz-target";
import { nearly } from "../inputs/nearly";

const piece = { index: 0, id: "a", type: "function", function: { name: "time", arguments: "{}" } };
const chunk = { choices: [{ index: 0, delta: { tool_calls: [piece, piece] } }] };

export const toolCalls = fuzzTarget({
  name: "tool-calls",
  about: "calls of tools in the answers of a chat server",
  inputs: fc.array(nearly(chunk), { maxLength: 12 }),
  open: () => ({
    check: (chunks) => {
      const calls = new ToolCallPieces();
      for (const value of chunks) calls.push(readChatChunk(value, false)?.toolCalls ?? []);
      const ids = calls.calls.map(({ id }) => id);
      if (new Set(ids).size !== ids.length) throw new Error("two calls have one id");
      if (calls.calls.some(({ function: { name } }) => name === "")) throw new Error("no name");
    },
  }),
});
