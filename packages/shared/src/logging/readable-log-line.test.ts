import { expect, test } from "vitest";
import { readableLogLine } from "./readable-log-line";

test("a record becomes a readable line", () => {
  const record = { level: 40, time: 0, msg: "the link was lost", roomId: "r", count: 3 };
  expect(readableLogLine(JSON.stringify(record))).toMatch(
    /^\d\d:\d\d:\d\d warn {2}the link was lost {2}roomId=r {2}count=3\n$/,
  );
});

test("text that is not JSON passes unchanged", () => {
  expect(readableLogLine("plain\n")).toBe("plain\n");
});
