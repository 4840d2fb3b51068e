import { z } from "zod";

const callSchema = z
  .object({ name: z.string(), arguments: z.unknown(), parameters: z.unknown(), args: z.unknown() })
  .partial({ arguments: true, parameters: true, args: true })
  .refine((call) => (call.arguments ?? call.parameters ?? call.args) !== undefined);
const callsSchema = z.union([
  callSchema,
  z.array(callSchema).min(1),
  z.object({ function: callSchema }),
  z.object({ tool_calls: z.array(z.unknown()) }),
  z.object({ tool: z.string() }),
]);

/** Longest JSON that is looked at; longer is shown as it is. */
const longestCall = 20_000;

/**
 * Calls of tools that a model writes as bare JSON at the beginning of a line, where the server does
 * not know the model's format. Other JSON is left alone.
 */
export class ToolCallText {
  #kept = "";
  #isAtLineStart = true;

  /** @returns the text that is certainly no call */
  push(text: string): string {
    this.#kept += text;
    let given = "";
    while (this.#kept !== "") {
      const start = this.#callStart();
      given += this.#give(start ?? this.#kept.length);
      if (start === null) return given;
      const end = jsonEnd(this.#kept);
      if (end === null) {
        if (this.#kept.length <= longestCall) return given;
        given += this.#give(this.#kept.length);
      } else if (isCall(this.#kept.slice(0, end))) {
        this.#kept = this.#kept.slice(end);
      } else {
        given += this.#give(end);
      }
    }
    return given;
  }

  /** @returns what was kept back; the beginning of a call without its end is dropped */
  flush(): string {
    const kept = this.#kept;
    this.clear();
    return /^[[{]{1,2}\s*"(?:name|tool_calls|tool|function)"\s*:/u.test(kept) ? "" : kept;
  }

  clear(): void {
    this.#kept = "";
    this.#isAtLineStart = true;
  }

  #give(length: number): string {
    const text = this.#kept.slice(0, length);
    this.#kept = this.#kept.slice(length);
    if (text !== "") this.#isAtLineStart = /(?:^|\n)[^\S\n]*$/u.test(text);
    return text;
  }

  /** @returns the index of a brace or bracket that opens JSON at the beginning of a line */
  #callStart(): number | null {
    const pattern = /(?<=^|\n)[^\S\n]*(?=\{\s*(?:"|$)|\[\s*(?:\{|$))/gu;
    for (const match of this.#kept.matchAll(pattern)) {
      const at = match.index + match[0].length;
      if (match.index > 0 || this.#isAtLineStart) return at;
    }
    return null;
  }
}

function isCall(text: string): boolean {
  try {
    return callsSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** @returns the index after the JSON value that begins `text`; null when it goes on */
function jsonEnd(text: string): number | null {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (isInString) {
      if (character === "\\") at++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return at + 1;
  }
  return null;
}
