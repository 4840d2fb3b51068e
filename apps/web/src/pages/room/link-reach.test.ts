import { expect, it } from "vitest";
import { linkReach } from "./link-reach";

it.each([
  ["http://localhost:7860", "computer"],
  ["http://127.0.0.1:7860", "computer"],
  ["https://[::1]:7860", "computer"],
  ["http://192.168.1.20:7860", "without-microphone"],
  ["http://talk.example.org", "without-microphone"],
  ["https://192.168.1.20:7860", "network"],
  ["https://172.31.0.4", "network"],
  ["https://[fd00::2]:7860", "network"],
  ["https://kitchen.local", "network"],
  ["https://kitchen:7860", "network"],
  ["https://203.0.113.9:7860", "network"],
  ["https://talk.example.org", "everywhere"],
])("%s leads to: %s", (origin, reach) => {
  expect(linkReach(origin)).toBe(reach);
});
