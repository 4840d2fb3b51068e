import { z } from "zod";

/** Reading of a variable's text, and the words for people when it cannot be read. */
export type ValueKind<Value> = {
  /** Reads a text that is trimmed and not empty. */
  readonly schema: z.ZodType<Value, string>;
  /** What would be right; completes "it must be …". */
  readonly expects: string;
};

/** Any text. */
export const text: ValueKind<string> = { schema: z.string(), expects: "a text" };

/** A folder or file; whether it is there is seen when it is used. */
export const path: ValueKind<string> = { schema: z.string(), expects: "a path" };

/** A SHA-256. */
export const hexDigest: ValueKind<string> = {
  schema: z.string().regex(/^[0-9a-f]{64}$/iu),
  expects: "64 hexadecimal digits",
};

/** A card: its number, or a word of its driver's name. */
export const deviceName: ValueKind<string> = {
  schema: z.string().regex(/^(?:\d{1,2}|[a-z][a-z0-9_-]{1,40})$/u),
  expects: "a number, or a word in small letters",
};

export const port: ValueKind<number> = wholeNumber(0, 65_535);

/** @param most without it there is no upper bound */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): ValueKind<number> {
  const isBounded = most < Number.MAX_SAFE_INTEGER;
  return {
    schema: z.coerce.number<string>().int().min(least).max(most),
    expects: `a whole number${isBounded ? ` from ${least} to ${most}` : `, ${least} or more`}`,
  };
}

/** A length of time in ms; fractions are allowed. */
export function milliseconds(least: number, most: number): ValueKind<number> {
  return {
    schema: z.coerce.number<string>().min(least).max(most),
    expects: `a number of milliseconds from ${least} to ${most}`,
  };
}

export const onOrOff: ValueKind<boolean> = {
  schema: z.stringbool(),
  expects: "true or false",
};

/** One of the words, written exactly so. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
): ValueKind<Words[number]> {
  return { schema: z.enum(words), expects: `one of ${words.join(", ")}` };
}

/** An address with one of the schemes, such as `http`. */
export function address(...schemes: readonly string[]): ValueKind<string> {
  const protocol = new RegExp(`^(?:${schemes.join("|")})$`, "u");
  const beginnings = schemes.map((scheme) => `${scheme}://`);
  return {
    schema: z.url({ protocol }),
    expects: `an address that begins with ${either(beginnings)}`,
  };
}

const parts = z.string().transform((list) => list.split(",").map((part) => part.trim()));

/** Addresses with one of the schemes, separated by commas. */
export function addresses(...schemes: readonly string[]): ValueKind<string[]> {
  const { schema, expects } = address(...schemes);
  return {
    schema: parts.pipe(z.array(schema).min(1)),
    expects: `${expects}, or several of them, separated by commas`,
  };
}

/** Texts, separated by commas. Empty ones are refused: they are slips of the pen. */
export const list: ValueKind<string[]> = {
  schema: parts.pipe(z.array(z.string().min(1)).min(1)),
  expects: "a list, separated by commas",
};

/** Origins of web pages, separated by commas; a path behind one is left out, as browsers do. */
export const origins: ValueKind<string[]> = {
  schema: parts.pipe(
    z.array(z.url({ protocol: /^https?$/u }).transform((page) => new URL(page).origin)).min(1),
  ),
  expects: "origins that begin with http:// or https://, separated by commas",
};

/** A key that people hand on: what an HTTP header can carry as it is, and nobody guesses. */
export const key: ValueKind<string> = {
  schema: z.string().regex(/^[\x21-\x7e]{16,200}$/u),
  expects: "16 to 200 printable ASCII characters without spaces",
};

/** Some of the words, separated by commas, in an order that matters. */
export function listOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
): ValueKind<Words[number][]> {
  return {
    schema: parts.pipe(z.array(z.enum(words)).min(1)),
    expects: `some of ${words.join(", ")}, separated by commas`,
  };
}

/**
 * JSON of one form.
 *
 * @param expects what would be right, such as "a JSON object"
 */
export function json<Value>(form: z.ZodType<Value>, expects: string): ValueKind<Value> {
  const schema = z.string().transform((written, context): unknown => {
    try {
      return JSON.parse(written);
    } catch {
      context.addIssue("not JSON");
      return z.NEVER;
    }
  });
  return { schema: schema.pipe(form), expects };
}

function either(choices: readonly string[]): string {
  const last = choices.at(-1) ?? "";
  return choices.length < 2 ? last : `${choices.slice(0, -1).join(", ")} or ${last}`;
}
