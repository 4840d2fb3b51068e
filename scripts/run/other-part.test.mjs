import { describe, expect, it } from "vitest";
import { findInferenceLines, inferenceDoor, lookForInferenceLines } from "./other-part.mjs";

const find = (
  /** @type {NodeJS.ProcessEnv} */ environment,
  /** @type {string | null} */ madeKey = null,
  port = 8080,
) =>
  findInferenceLines({
    door: inferenceDoor(environment, port),
    environment,
    madeKey,
    addresses: ["192.0.2.7"],
  }).join("\n");

describe("inference alone", () => {
  it("needs nothing said for a media server on this machine", () => {
    expect(find({})).toContain("On this machine: npm start -- --only media-server");
    expect(find({})).toContain("INFERENCE_HOST=0.0.0.0");
    expect(find({})).not.toContain("INFERENCE_KEY");
  });

  it("tells its port where that is another", () => {
    expect(find({}, null, 8100)).toContain(
      "INFERENCE_URL=ws://127.0.0.1:8100 npm start -- --only media-server",
    );
  });

  it("tells other machines its address, and the key that was made", () => {
    const text = find({ INFERENCE_HOST: "0.0.0.0" }, "made-at-this-start");
    expect(text).toContain(
      "Elsewhere: INFERENCE_URL=ws://192.0.2.7:8080 INFERENCE_KEY=… npm start -- --only media-server",
    );
    expect(text).toContain("INFERENCE_KEY=made-at-this-start");
  });

  it("never shows a key that the operator has set", () => {
    const environment = { INFERENCE_HOST: "0.0.0.0", INFERENCE_KEY: "the-operators-own" };
    expect(find(environment)).not.toContain("the-operators-own");
  });

  it("is found through NATS where that is set", () => {
    expect(find({ NATS_URL: "nats://10.0.0.2:4222" })).toContain("find it through NATS");
  });

  it("is asked where it listens", () => {
    expect(inferenceDoor({ INFERENCE_HOST: "::" }, 1)).toMatchObject({ localHost: "127.0.0.1" });
    expect(inferenceDoor({ INFERENCE_HOST: "10.0.0.7" }, 1)).toEqual({
      port: 1,
      isOpen: true,
      localHost: "10.0.0.7",
    });
    expect(inferenceDoor({ INFERENCE_HOST: "fd00::7" }, 1).localHost).toBe("[fd00::7]");
    expect(inferenceDoor({ INFERENCE_HOST: "::1" }, 1).isOpen).toBe(false);
  });
});

describe("the media server alone", () => {
  it("says where it looks", () => {
    expect(lookForInferenceLines({ INFERENCE_URL: "ws://127.0.0.1:8080" })).toEqual([
      "  It looks for inference at ws://127.0.0.1:8080 (INFERENCE_URL).",
    ]);
  });

  it("says that another machine wants a key", () => {
    const away = { INFERENCE_URL: "ws://127.0.0.1:8080, ws://10.0.0.7:8080" };
    expect(lookForInferenceLines(away).join()).toContain("INFERENCE_KEY is not set");
    const withKey = { ...away, INFERENCE_KEY: "the-operators-own" };
    expect(lookForInferenceLines(withKey)).toHaveLength(1);
  });

  it("asks NATS before any address", () => {
    const environment = { INFERENCE_URL: "ws://127.0.0.1:8080", NATS_URL: "nats://n:4222" };
    expect(lookForInferenceLines({ ...environment, INFERENCE_KEY: "key" })).toEqual([
      "  It looks for inference through NATS (NATS_URL).",
    ]);
  });
});
