import { newId, type MemberId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { readLinkRequest } from "./read-link-request";

describe("readLinkRequest", () => {
  it("parses known types and ignores unknown ones", () => {
    const request = { type: "member-left", memberId: newId<MemberId>() };
    expect(readLinkRequest(JSON.stringify(request))).toEqual(request);
    expect(readLinkRequest('{"type":"from-the-future"}')).toBeNull();
  });

  it.each(["", "{", "null", "[]", "3", '{"type":3}', '{"type":"member-left","memberId":"x"}'])(
    "refuses %s",
    (text) => {
      expect(() => readLinkRequest(text)).toThrow();
    },
  );
});
