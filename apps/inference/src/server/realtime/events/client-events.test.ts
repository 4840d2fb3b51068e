import { describe, expect, it } from "vitest";
import { realtimeErrorFields } from "../realtime-error";
import { readClientEvent } from "./client-events";

/** What a client is told of an event; null for one that is taken. */
function refusal(event: unknown) {
  try {
    readClientEvent(event);
    return null;
  } catch (error) {
    const { code, message, param } = realtimeErrorFields(error, null);
    return { code, message, param };
  }
}

const session = (fields: object) => refusal({ type: "session.update", session: fields });
const message = (content: object[]) => ({
  type: "conversation.item.create",
  item: { type: "message", role: "user", content },
});

describe("readClientEvent", () => {
  it.each([
    ["a speed", { audio: { output: { speed: 3 } } }, "session.audio.output.speed", "3"],
    ["a limit", { max_output_tokens: 0 }, "session.max_output_tokens", "0"],
    ["a limit in words", { max_output_tokens: "many" }, "session.max_output_tokens", '"many"'],
    ["a modality", { output_modalities: ["smell"] }, "session.output_modalities.0", '"smell"'],
    ["a choice", { tool_choice: "never" }, "session.tool_choice", '"never"'],
    ["a voice", { audio: { output: { voice: 7 } } }, "session.audio.output.voice", "7"],
    [
      "a detection",
      { audio: { input: { turn_detection: { type: "psychic" } } } },
      "session.audio.input.turn_detection.type",
      '"psychic"',
    ],
    ["a name", { tools: [{ name: "not a name" }] }, "session.tools.0.name", '"not a name"'],
  ])("names field and value of %s that does not fit", (_what, fields, param, value) => {
    expect(session(fields)).toMatchObject({ code: "invalid_value", param });
    expect(session(fields)?.message).toContain(`'${param}': ${value}`);
  });

  it("tells what nothing here could honour from what is wrong", () => {
    const code = "unsupported_value";
    const mcp = { type: "mcp", server_label: "a", server_url: "https://example.com" };
    expect(session({ tools: [mcp] })).toMatchObject({ code, param: "session.tools.0.type" });
    expect(session({ prompt: { id: "pmpt_1" } })).toMatchObject({ code, param: "session.prompt" });
    const image = { type: "input_image", image_url: "data:image/png;base64,AAAA" };
    const param = "item.content.0.type";
    expect(refusal(message([image]))).toMatchObject({ code, param });
    const input = [{ type: "message", role: "user", content: [image] }];
    expect(refusal({ type: "response.create", response: { input } })).toMatchObject({ code });
  });

  it("takes what has no effect, and what is not set", () => {
    const without = {
      tracing: "auto",
      truncation: { type: "retention_ratio", retention_ratio: 0.8 },
      include: ["item.input_audio_transcription.logprobs"],
      prompt: null,
      parallel_tool_calls: false,
      reasoning: { effort: "low" },
      temperature: 0.8,
      audio: { input: { noise_reduction: { type: "far_field", strength: 1 } } },
    };
    expect(session(without)).toBeNull();
  });

  it("shows little of a long value, or of a long name", () => {
    const long = "x".repeat(1_000_000);
    const named = refusal({ type: "response.create", response: { metadata: { [long]: "a" } } });
    expect(JSON.stringify(named).length).toBeLessThan(1_000);
    expect(session({ tools: [{ name: long }] })?.message.length).toBeLessThan(300);
  });
});
