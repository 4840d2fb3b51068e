import { expect, it } from "vitest";
import { readEmbedOptions } from "./embed-options";

it("reads what the talk button writes, and has a default for the rest", () => {
  const options = readEmbedOptions("#agent=Robin&greeting=Good+day%21&language=de&theme=dark");
  expect(options).toMatchObject({ name: "Visitor", theme: "dark", roomId: undefined });
  expect(options.room.agent).toMatchObject({
    name: "Robin",
    greeting: "Good day!",
    voice: "",
    language: "de",
  });
  expect(readEmbedOptions("").room.agent.name).toBe("Parley");
});

it("takes an empty greeting for none", () => {
  expect(readEmbedOptions("#greeting=").room.agent.greeting).toBe("");
});

it("refuses a room that can be none", () => {
  expect(() => readEmbedOptions("#room=kitchen")).toThrow("RoomId");
});
