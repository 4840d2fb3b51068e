import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { toSpoken } from "../to-spoken";

/** Written texts and their spoken forms, by category. */
const corpusSchema = z.object({
  language: z.string(),
  lines: z.record(z.string(), z.record(z.string(), z.string())),
});

const folder = new URL("./", import.meta.url);
const corpora = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => corpusSchema.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8"))));

for (const { language, lines } of corpora) {
  for (const [category, spokenByWritten] of Object.entries(lines)) {
    describe(`${language}: ${category}`, () => {
      it.each(Object.entries(spokenByWritten))("%j → %j", (written, spoken) => {
        expect(toSpoken(written, { language })).toBe(spoken);
        // Spoken forms are unchanged.
        expect(toSpoken(spoken, { language })).toBe(spoken);
      });
    });
  }
}
