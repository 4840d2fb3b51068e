import { expect, it } from "vitest";
import { formatBytes } from "./format-bytes";
import { formatSeconds } from "./format-seconds";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [99_960, "100 kB"],
  [999_600, "1.0 MB"],
  [2_477_235_963, "2.5 GB"],
])("%i bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [0.2, "1s"],
  [59.5, "1m00s"],
  [61, "1m01s"],
  [3_700, "1h01m"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});
