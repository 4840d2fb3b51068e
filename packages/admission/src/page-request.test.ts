import { expect, test } from "vitest";
import { isForeignPage } from "./page-request";

const allowed = ["https://talk.example.org"];

test.each([
  ["a program", { host: "127.0.0.1:8080" }, false],
  ["a program by any name", { host: "gpu.example.org:8080" }, false],
  ["its own page", { host: "127.0.0.1:8080", origin: "http://127.0.0.1:8080" }, false],
  ["its own page by IPv6", { host: "[::1]:8080", origin: "http://[::1]:8080" }, false],
  [
    "its own page in a container",
    { host: "inference:8080", origin: "http://inference:8080" },
    false,
  ],
  ["an allowed page", { host: "127.0.0.1:8080", origin: "https://talk.example.org" }, false],
  ["an address that was typed", { host: "127.0.0.1:8080", "sec-fetch-site": "none" }, false],
  ["a page of another port", { host: "127.0.0.1:8080", origin: "http://127.0.0.1:28999" }, true],
  ["a page of another site", { host: "127.0.0.1:8080", origin: "https://evil.example" }, true],
  ["a sandboxed page", { host: "127.0.0.1:8080", origin: "null" }, true],
  ["an image of another site", { host: "127.0.0.1:8080", "sec-fetch-site": "cross-site" }, true],
  ["a rebound name", { host: "evil.example:8080", origin: "http://evil.example:8080" }, true],
  ["a rebound name's read", { host: "evil.example:8080", "sec-fetch-site": "same-origin" }, true],
  ["nonsense", { host: "a b", origin: "http://a b" }, true],
])("%s", (_, headers, isForeign) => {
  expect(isForeignPage(headers, allowed)).toBe(isForeign);
});
