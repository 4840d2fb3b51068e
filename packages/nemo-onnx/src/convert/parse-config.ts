import type { z } from "zod";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { ModelError } from "../errors";

/**
 * Parses a checkpoint's configuration with a schema.
 *
 * @throws ModelError `unsupported`, naming every offending field with its value
 */
export function parseConfig<Schema extends z.ZodType>(
  { file, config }: Pick<Checkpoint, "file" | "config">,
  schema: Schema,
): z.infer<Schema> {
  const parsed = schema.safeParse(config, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, input, message }) => `${path.join(".")} is ${display(input)}: ${message}`,
  );
  throw new ModelError("unsupported", `${file}, model_config.yaml: ${problems.join("; ")}`);
}

function display(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value).slice(0, 100);
}
