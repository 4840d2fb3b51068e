import { AppError } from "@parley/shared/errors";
import { linkRequestSchema, type LinkRequest } from "@parley/shared/protocol/agent-link";
import { z } from "zod";

const typedSchema = z.object({ type: z.string() });
const requestTypes = new Set<string>(
  linkRequestSchema.options.map((option) => option.shape.type.value),
);

/**
 * Parses a control message of the agent link.
 *
 * @returns null for an unknown type, which a newer media-server may send
 * @throws AppError or ZodError that names the wrong field
 */
export function readLinkRequest(text: string): LinkRequest | null {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid-request", "control message is not JSON", { cause: error });
  }
  const { type } = typedSchema.parse(message);
  if (!requestTypes.has(type)) return null;
  return linkRequestSchema.parse(message);
}
