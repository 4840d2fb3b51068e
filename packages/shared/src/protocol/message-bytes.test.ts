import { describe, expect, it } from "vitest";
import { messageBytes } from "./message-bytes";

describe("messageBytes", () => {
  it("returns whole messages uncopied and joins fragments", () => {
    const whole = Uint8Array.of(1, 2);
    expect(messageBytes(whole)).toBe(whole);
    expect(messageBytes(Uint8Array.of(3, 4).buffer)).toEqual(Uint8Array.of(3, 4));
    expect(messageBytes([Uint8Array.of(5), whole, new Uint8Array()])).toEqual(
      Uint8Array.of(5, 1, 2),
    );
  });
});
