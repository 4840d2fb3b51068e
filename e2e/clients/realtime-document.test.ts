import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const require = createRequire(import.meta.url);
const typesPath = join(dirname(require.resolve("openai")), "resources/realtime/realtime.d.ts");
const types = await readFile(typesPath, "utf8");
const document = await readFile(join(import.meta.dirname, "../../docs/realtime.md"), "utf8");

/** Text of one interface of OpenAI's types. */
function interfaceOf(name: string): string {
  const start = types.indexOf(`export interface ${name} {`);
  return types.slice(start, types.indexOf("\n}", start));
}

/** Names of an interface's own fields, without those of objects within. */
function fieldsOf(name: string): string[] {
  return [...interfaceOf(name).matchAll(/^ {4}(\w+)\??:/gmu)].flatMap(([, field]) => field ?? []);
}

/** Events of sessions that translate are of an address that is not there. */
const isOfTranslation = (event: string) =>
  /^session\.(?:close|closed|input_audio_buffer|input_transcript|output_audio|output_transcript)/u.test(
    event,
  );

const events = [...types.matchAll(/type: '(\w+\.[\w.]+)'/gu)]
  .flatMap(([, event]) => event ?? [])
  .filter((event) => !isOfTranslation(event));

describe("docs/realtime.md", () => {
  it("is compared with types that hold what it is compared for", () => {
    expect(events).toContain("response.create");
    expect(fieldsOf("RealtimeSessionCreateRequest")).toContain("max_output_tokens");
    expect(fieldsOf("RealtimeAudioConfigInput")).toContain("turn_detection");
  });

  it.each([...new Set(events)])("says what becomes of the event %s", (event) => {
    expect(document).toContain(`\`${event}\``);
  });

  it.each([
    "RealtimeSessionCreateRequest",
    "RealtimeResponseCreateParams",
    "RealtimeAudioConfigInput",
    "RealtimeAudioConfigOutput",
    "AudioTranscription",
  ])("names every setting of %s", (name) => {
    const missing = fieldsOf(name).filter(
      (field) => field !== "type" && !new RegExp(`[\`.…]${field}\\b`, "u").test(document),
    );
    expect(missing).toEqual([]);
  });
});
