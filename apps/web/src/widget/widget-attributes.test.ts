import { expect, it } from "vitest";
import { frameAddress, readAttributes } from "./widget-attributes";

it("has a button for nothing but a script element", () => {
  const attributes = readAttributes({});
  expect(attributes).toMatchObject({ label: "Talk to us", side: "right", theme: "auto" });
  expect(frameAddress("https://talk.example.org", attributes)).toBe(
    "https://talk.example.org/embed/#",
  );
});

it("hands on what the conversation is about", () => {
  const attributes = readAttributes({
    agent: "Robin",
    greeting: "Good day & welcome!",
    theme: "dark",
    side: "left",
    unknown: "x",
  });
  expect(attributes).toMatchObject({ label: "Talk to Robin", side: "left" });
  const { hash } = new URL(frameAddress("https://talk.example.org", attributes));
  expect(Object.fromEntries(new URLSearchParams(hash.slice(1)))).toEqual({
    agent: "Robin",
    greeting: "Good day & welcome!",
    theme: "dark",
  });
});

it("takes its default for what it does not know", () => {
  expect(readAttributes({ theme: "pink", side: "top", label: "Ask" })).toMatchObject({
    theme: "auto",
    side: "right",
    label: "Ask",
  });
});
