import { expect, it } from "vitest";
import { bytesText, durationText } from "./quantities";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [8_700_000, "8.7 MB"],
  [660_000_000, "660 MB"],
  [999_700_000, "1 GB"],
  [2_470_000_000, "2.5 GB"],
  [12_400_000_000_000_000, "12,400 TB"],
])("%d bytes are %s", (bytes, expected) => {
  expect(bytesText(bytes).replace("\u00a0", " ")).toBe(expected);
});

it.each([
  [0.2, "1 s"],
  [89, "89 s"],
  [100, "2 min"],
  [5_300, "88 min"],
  [9_000, "3 h"],
])("%d seconds are %s", (seconds, expected) => {
  expect(durationText(seconds).replace("\u00a0", " ")).toBe(expected);
});
