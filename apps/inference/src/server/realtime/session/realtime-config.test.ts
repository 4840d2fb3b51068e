import { describe, expect, it } from "vitest";
import type { SessionFields } from "../events/session-fields";
import { initialConfig, withChanges } from "./realtime-config";

function detectionAfter(type: "realtime" | "transcription", ...changes: SessionFields[]) {
  const config = initialConfig({ id: "sess_1", type, model: "any", voice: "alloy" });
  return changes.reduce(withChanges, config).audio.input.turn_detection;
}

const input = (model: string): SessionFields => ({
  audio: { input: { transcription: { model } } },
});

describe("a transcription session", () => {
  it("detects turns, unless its model of OpenAI's detects none", () => {
    expect(detectionAfter("transcription", input("whisper-1"))).toMatchObject({
      type: "server_vad",
    });
    expect(detectionAfter("transcription", input("gpt-realtime-whisper"))).toBeNull();
    expect(detectionAfter("transcription", input("gpt-live-transcribe"))).toBeNull();
  });

  it("detects turns with any model where the client says so, before or with it", () => {
    const detection: SessionFields = {
      audio: {
        input: {
          turn_detection: {
            type: "semantic_vad",
            eagerness: "low",
            create_response: true,
            interrupt_response: true,
          },
        },
      },
    };
    const semantic = { type: "semantic_vad" };
    const whisper = input("gpt-realtime-whisper");
    expect(detectionAfter("transcription", detection, whisper)).toMatchObject(semantic);
    const both = { audio: { input: { ...detection.audio?.input, ...whisper.audio?.input } } };
    expect(detectionAfter("transcription", both)).toMatchObject(semantic);
  });

  it("is another thing than a conversation, whose turns are detected", () => {
    expect(detectionAfter("realtime", input("gpt-realtime-whisper"))).toMatchObject({
      type: "server_vad",
    });
  });
});
