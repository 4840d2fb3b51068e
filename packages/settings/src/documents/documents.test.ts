import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { allSettings } from "../all-settings";
import { setting } from "../setting";
import { text } from "../value-kinds";
import { passedOn } from "../container-rules";
import { composeEnvironment } from "./compose-environment";
import { generatedDocuments, renewed } from "./documents";
import { replaceGeneratedPart } from "./generated-part";
import { settingsTable } from "./settings-table";

function read(file: string): string {
  return readFileSync(fileURLToPath(new URL(`../../../../${file}`, import.meta.url)), "utf8");
}

describe.each(generatedDocuments.map((document) => [document.file, document] as const))(
  "%s",
  (file, document) => {
    it("says what the declarations say", () => {
      const written = read(file);
      expect(written, `${file} differs from packages/settings: run npm run settings`).toBe(
        renewed(document, written),
      );
    });
  },
);

it("an image sets what its declaration says", () => {
  const wrong = Object.entries(allSettings).flatMap(([name, { containers }]) =>
    Object.entries(containers).flatMap(([service, rule]) => {
      if (rule.type !== "image") return [];
      const file = `docker/${service}.Dockerfile`;
      return read(file).includes(` ${name}=${rule.value}`) ? [] : [`${name} in ${file}`];
    }),
  );
  expect(wrong).toEqual([]);
});

describe("the writers", () => {
  const settings = {
    LOUDNESS: setting({
      meaning: "`soft` | `loud`",
      value: text,
      default: "loud",
      readBy: ["inference"],
      containers: { inference: passedOn },
    }),
  };

  it("align a table and mask what would end a cell", () => {
    expect(settingsTable(settings).split("\n")).toEqual([
      "| variable   | default | meaning          |",
      "| ---------- | ------- | ---------------- |",
      "| `LOUDNESS` | loud    | `soft` \\| `loud` |",
    ]);
  });

  it("hand variables on to the service that reads them, and to no other", () => {
    const groups = [{ title: "Sound", settings }];
    expect(composeEnvironment(groups, "inference", "  ")).toBe(
      '  # Sound\n  LOUDNESS: "${LOUDNESS:-}"',
    );
    expect(composeEnvironment(groups, "media-server", "  ")).toBe("");
  });

  it("replace what lies between the markers", () => {
    const document = "a\n# settings:begin x, written\nold\nold\n# settings:end x\nb";
    const replaced = "a\n# settings:begin x, written\nnew\n# settings:end x\nb";
    expect(replaceGeneratedPart(document, "x", "new")).toBe(replaced);
    expect(() => replaceGeneratedPart(document, "y", "new")).toThrow("settings:begin y");
  });
});
