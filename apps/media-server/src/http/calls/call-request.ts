import { AppError } from "@parley/shared/errors";
import { z } from "zod";

/** A request for a call: an offer, and settings of its session. */
export type CallRequest = { sdp: string; settings: Record<string, unknown> | null };

/** A form's field, which may come as a file. */
const text = z.union([
  z.string(),
  z.instanceof(Buffer).transform((bytes) => bytes.toString("utf8")),
]);

/** Settings of a session, which inference checks. */
const settings = z.record(z.string(), z.unknown());

const json = text.transform((given, context): unknown => {
  try {
    return JSON.parse(given);
  } catch {
    context.addIssue("not JSON");
    return z.NEVER;
  }
});

const bodySchema = z.object({
  sdp: text,
  session: z.union([settings, json.pipe(settings)]).optional(),
});

/**
 * Reads the body of a request for a call: `sdp`, and `session` as JSON or as it was read already.
 *
 * @throws AppError `invalid-request`
 */
export function readCallRequest(body: unknown): CallRequest {
  const parsed = bodySchema.safeParse(body);
  if (parsed.success) return { sdp: parsed.data.sdp, settings: parsed.data.session ?? null };
  const field = parsed.error.issues[0]?.path.join(".") ?? "";
  const message =
    field === "session"
      ? "session: not an object of JSON"
      : "The body must be an SDP offer (application/sdp), or a form with the field sdp.";
  throw new AppError("invalid-request", message);
}
