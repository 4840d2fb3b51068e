import { expect, it } from "vitest";
import { agentSettingsSchema } from "./rooms-api";

it("gives an agent that was stored without a language the voice's own", () => {
  expect(agentSettingsSchema.parse({ name: "Robin", voice: "slt" }).language).toBe("");
});

it.each(["", "de", "pt-BR", "zh-Hant-TW"])("takes %j for a language", (language) => {
  expect(agentSettingsSchema.parse({ language }).language).toBe(language);
});

it.each(["German, please", "de_DE", "d", "de-", `de${"-x".repeat(20)}`])(
  "takes %j for none",
  (language) => {
    expect(agentSettingsSchema.safeParse({ language }).success).toBe(false);
  },
);
