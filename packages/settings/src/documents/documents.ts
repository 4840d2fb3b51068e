import { allSettings, settingGroups } from "../all-settings";
import { modelHub } from "../declarations/model-hub";
import { composeEnvironment } from "./compose-environment";
import { exampleEnvironment } from "./example-environment";
import { containerExceptions } from "./container-exceptions";
import { replaceGeneratedPart } from "./generated-part";
import { settingsTable, settingsTables } from "./settings-table";

/** A file of the repository that is in parts made from the declarations. */
export type GeneratedDocument = {
  /** Relative to the repository's top folder. */
  readonly file: string;
  /** The lines between the markers, by the part's name. */
  readonly parts: Readonly<Record<string, string>>;
};

/** Where prettier wants a blank line between a comment and what follows. */
const apart = (markdown: string) => `\n${markdown}\n`;
const indent = " ".repeat(6);

export const generatedDocuments: readonly GeneratedDocument[] = [
  {
    file: "docs/operating.md",
    parts: {
      variables: apart(settingsTables(settingGroups)),
    },
  },
  { file: "docs/containers.md", parts: { containers: apart(containerExceptions(allSettings)) } },
  { file: "docs/models.md", parts: { hub: apart(settingsTable(modelHub)) } },
  { file: "docker/.env.example", parts: { example: exampleEnvironment(settingGroups) } },
  {
    file: "docker/compose.yaml",
    parts: {
      inference: composeEnvironment(settingGroups, "inference", indent),
      "media-server": composeEnvironment(settingGroups, "media-server", indent),
    },
  },
];

/** The document as it should be. */
export function renewed({ parts }: GeneratedDocument, text: string): string {
  return Object.entries(parts).reduce(
    (written, [name, content]) => replaceGeneratedPart(written, name, content),
    text,
  );
}
