/** `npm run settings`: writes the declarations into the documents and the compose file. */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { generatedDocuments, renewed } from "./documents";

for (const document of generatedDocuments) {
  const place = fileURLToPath(new URL(`../../../../${document.file}`, import.meta.url));
  const text = await readFile(place, "utf8");
  const wanted = renewed(document, text);
  if (wanted !== text) await writeFile(place, wanted);
  process.stdout.write(`${document.file}: ${wanted === text ? "as it was" : "written"}\n`);
}
