import { describe, expect, it } from "vitest";
import { readClientEvent } from "../events/client-events";
import { initialConfig, shownConfig } from "../session/realtime-config";
import { fromBeta } from "./from-beta";
import { toBeta } from "./to-beta";

describe("events of the beta", () => {
  it("nest their flat settings", () => {
    const session = {
      modalities: ["audio", "text"],
      voice: "echo",
      temperature: 0.8,
      input_audio_format: "g711_ulaw",
      output_audio_format: "pcm16",
      speed: 1,
      input_audio_transcription: { model: "whisper-1" },
      turn_detection: null,
      max_response_output_tokens: "inf",
    };
    expect(readClientEvent(fromBeta({ type: "session.update", session }))).toEqual({
      type: "session.update",
      session: {
        output_modalities: ["audio"],
        max_output_tokens: "inf",
        audio: {
          input: {
            format: { type: "audio/pcmu" },
            turn_detection: null,
            transcription: { model: "whisper-1" },
          },
          output: { format: { type: "audio/pcm", rate: 24_000 }, voice: "echo", speed: 1 },
        },
      },
    });
  });

  it("leave the present shape as it is", () => {
    const event = { type: "session.update", session: { audio: { output: { voice: "ash" } } } };
    expect(readClientEvent(fromBeta(event))).toEqual(readClientEvent(event));
  });

  it("have the beta's names, and its shape of a session", () => {
    const delta = {
      response_id: "r",
      item_id: "i",
      output_index: 0,
      content_index: 0,
      delta: "",
    };
    expect(toBeta({ type: "response.output_audio.delta", ...delta })).toMatchObject({
      type: "response.audio.delta",
    });
    expect(
      toBeta({ type: "conversation.item.done", previous_item_id: null, item: text }),
    ).toBeNull();
    expect(toBeta({ type: "conversation.item.added", previous_item_id: null, item: text })).toEqual(
      {
        type: "conversation.item.created",
        previous_item_id: null,
        item: { ...text, content: [{ type: "text", text: "Hi." }] },
      },
    );
    const config = initialConfig({ id: "s", type: "realtime", model: "any", voice: "alloy" });
    expect(toBeta({ type: "session.created", session: shownConfig(config) })).toMatchObject({
      type: "session.created",
      session: {
        modalities: ["audio", "text"],
        voice: "alloy",
        input_audio_format: "pcm16",
        turn_detection: { type: "server_vad" },
        input_audio_transcription: null,
      },
    });
  });
});

const text = {
  id: "i",
  object: "realtime.item" as const,
  status: "completed" as const,
  type: "message" as const,
  role: "assistant" as const,
  content: [{ type: "output_text" as const, text: "Hi." }],
};
