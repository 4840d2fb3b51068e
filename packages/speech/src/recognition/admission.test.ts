import { describe, expect, it } from "vitest";
import { Admission } from "./admission";

describe("Admission", () => {
  it("admits as many streams as the device can follow", () => {
    const admission = new Admission(2);
    const streams = [{ behindMs: 0 }, { behindMs: 0 }];
    for (const stream of streams) {
      admission.requireRoom();
      admission.add(stream);
    }
    expect(() => {
      admission.requireRoom();
    }).toThrow(expect.objectContaining({ code: "at-capacity", isRetryable: true }));
    admission.remove(streams[0]!);
    expect(() => {
      admission.requireRoom();
    }).not.toThrow();
  });

  it("admits nobody while an open stream lags, and names the lag", () => {
    const admission = new Admission(10);
    const stream = { behindMs: 1_900 };
    admission.add(stream);
    admission.requireRoom();
    stream.behindMs = 2_500;
    expect(() => {
      admission.requireRoom();
    }).toThrow("2500 ms behind");
  });
});
