import { z } from "zod";

/** A part of a result; kinds that are not known stay out. */
const partSchema = z.object({
  type: z.string(),
  text: z.string().optional(),
  name: z.string().optional(),
  uri: z.string().optional(),
  resource: z.object({ text: z.string().optional(), uri: z.string().optional() }).optional(),
});

const resultSchema = z.object({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().default(false),
});

/** Text of a result of MCP, for a chat model: what is no text is named. */
export function callResultText(result: unknown): { text: string; isError: boolean } {
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success) return { text: "The answer cannot be read.", isError: true };
  const { content, structuredContent, isError } = parsed.data;
  const text = content.map(partText).filter((part) => part !== "");
  if (text.length === 0 && structuredContent !== undefined) {
    return { text: JSON.stringify(structuredContent), isError };
  }
  return { text: text.join("\n"), isError };
}

function partText(value: unknown): string {
  const part = partSchema.safeParse(value).data;
  switch (part?.type) {
    case undefined:
      return "";
    case "text":
      return part.text ?? "";
    case "resource":
      return part.resource?.text ?? `(a resource: ${part.resource?.uri ?? "unnamed"})`;
    case "resource_link":
      return `${part.name ?? "resource"}: ${part.uri ?? ""}`;
    case "image":
      return "(an image, which cannot be shown here)";
    case "audio":
      return "(a sound, which cannot be played here)";
    default:
      return "";
  }
}
