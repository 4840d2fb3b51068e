import { expect, it } from "vitest";
import { slownessIn, slownessRemark } from "./slowness-remark";

it("tells of a voice that is slower than speech, and is silent about others", () => {
  expect(slownessRemark({ computeMs: 900, soundMs: 1_000 })).toEqual([]);
  const [remark] = slownessRemark({ computeMs: 2_500, soundMs: 1_000 });
  expect(remark).toContain("2.5 s for each second");
  expect(slownessIn(["webgpu cannot be used", remark!])).toBe(remark);
  expect(slownessIn(["webgpu cannot be used"])).toBeNull();
});
