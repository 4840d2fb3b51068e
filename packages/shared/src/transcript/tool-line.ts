import type { ToolUse } from "../protocol/tool-use";

/** A use of a tool on one line: "Calculator (12 inch to cm): 30.48 cm". */
export function toolLine({ title, request, state, result }: ToolUse): string {
  const asked = request === "" ? title : `${title} (${request})`;
  switch (state) {
    case "running":
      return `${asked} …`;
    case "done":
      return `${asked}: ${result}`;
    case "failed":
      return `${asked} failed: ${result}`;
    case "cancelled":
      return `${asked} was cancelled`;
  }
}
