import { describe, expect, it } from "vitest";
import { chatModel } from "./declarations/chat-model";
import { media } from "./declarations/media";
import { recognizer } from "./declarations/recognizer";
import { voice } from "./declarations/voice";
import { webPage } from "./declarations/web-page";
import { findProblems } from "./problems";
import { readSettings } from "./read-settings";

/** What is thrown at whoever set these. */
function complaintAbout(environment: NodeJS.ProcessEnv): string {
  const settings = { ...webPage, ...media, ...recognizer, ...voice, ...chatModel };
  try {
    readSettings(settings, environment);
  } catch (error) {
    return String(error);
  }
  return "nothing";
}

describe("readSettings", () => {
  it("takes an empty variable for none, blanks too", () => {
    const { PORT, HOST, TRUST_PROXY } = readSettings(webPage, { PORT: "", HOST: " \r" });
    expect({ PORT, HOST, TRUST_PROXY }).toEqual({ PORT: 7_860, TRUST_PROXY: 0 });
  });

  it("drops blanks around a value", () => {
    expect(readSettings(webPage, { PORT: "80 ", HOST: "::1\r" })).toMatchObject({
      PORT: 80,
      HOST: "::1",
    });
  });

  it("reads lists and JSON", () => {
    expect(
      readSettings(
        { ...recognizer, ...media, ...chatModel },
        {
          RECOGNIZER_PROVIDERS: "cuda, cpu",
          MEDIA_LISTEN_IP: "10.0.0.1,::1",
          ICE_SERVERS: '[{"urls":"turn:x"}]',
          LLM_EXTRA_BODY: '{"a":1}',
        },
      ),
    ).toMatchObject({
      RECOGNIZER_PROVIDERS: ["cuda", "cpu"],
      MEDIA_LISTEN_IP: ["10.0.0.1", "::1"],
      ICE_SERVERS: [{ urls: "turn:x" }],
      LLM_EXTRA_BODY: { a: 1 },
    });
  });

  it("names every variable that is wrong, and what would be right", () => {
    const complaint = complaintAbout({
      PORT: "eighty",
      MEDIA_WORKERS: "0",
      RECOGNIZER_PROVIDERS: "cpu,abacus",
      LLM_BASE_URL: "localhost:8000/v1",
    });
    expect(complaint.split("\n").slice(1)).toEqual([
      "  PORT=eighty: it must be a whole number from 0 to 65535",
      "  MEDIA_WORKERS=0: it must be a whole number from 1 to 64",
      "  RECOGNIZER_PROVIDERS=cpu,abacus: it must be some of cpu, cuda, tensorrt, webgpu, coreml, separated by commas",
      "  LLM_BASE_URL=localhost:8000/v1: it must be an address that begins with http:// or https://",
    ]);
  });

  it("never shows a secret, nor a password within an address", () => {
    const complaint = complaintAbout({
      OPERATOR_KEY: "tooshort",
      ICE_SERVERS: '[{"credential":"hunter2"}',
      SYNTHESIZER_URL: "ftp://me:hunter2@voice.example/v1",
    });
    expect(complaint).toContain("OPERATOR_KEY=(secret)");
    expect(complaint).toContain("ftp://…@voice.example/v1");
    expect(complaint).not.toMatch(/tooshort|hunter2/u);
  });

  it("refuses what excludes each other", () => {
    const both = { SYNTHESIZER_URL: "ws://voice.example", SYNTHESIZER_MODEL: "magpie" };
    expect(complaintAbout(both)).toContain(
      "SYNTHESIZER_URL=ws://voice.example: only one of this and SYNTHESIZER_MODEL can speak",
    );
    expect(complaintAbout({ ...both, SYNTHESIZER_MODEL: "" })).toBe("nothing");
    expect(findProblems(webPage, both)).toEqual([]);
  });
});
