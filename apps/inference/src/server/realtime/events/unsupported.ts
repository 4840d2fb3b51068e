import { z } from "zod";

/** Code of a refusal: OpenAI's API knows the value, and nothing here could honour it. */
export const unsupportedCode = "unsupported_value";

/** Refuses values that OpenAI's API knows and nothing here could honour. */
export function unsupported(message: string) {
  return (value: unknown, context: z.RefinementCtx) => {
    context.addIssue({ code: "custom", message, params: { code: unsupportedCode }, input: value });
  };
}

/** A field that has to be absent or null. */
export function unsupportedField(message: string) {
  return z
    .unknown()
    .superRefine((value, context) => {
      if (value != null) unsupported(message)(value, context);
    })
    .transform(() => null)
    .optional();
}
