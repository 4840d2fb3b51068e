import { AppError } from "@parley/shared/errors";
import { z } from "zod";

/** Settings of a session, which inference checks. */
const settingsSchema = z.record(z.string(), z.unknown());

/** Body of a request for a call: an offer, and settings of its session. */
export const callBodySchema = z.object({ sdp: z.string(), settings: settingsSchema.nullable() });
export type CallBody = z.infer<typeof callBodySchema>;

/** Reads `application/sdp`: the offer alone. */
export function offerBody(bytes: Buffer): CallBody {
  return { sdp: bytes.toString("utf8"), settings: null };
}

/**
 * Reads `multipart/form-data` with the fields `sdp` and `session`.
 *
 * @throws AppError `invalid-request`
 */
export async function formBody(bytes: Buffer, contentType: string): Promise<CallBody> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(bytes), {
      headers: { "content-type": contentType },
    }).formData();
  } catch (cause) {
    throw new AppError("invalid-request", "The form cannot be read.", { cause });
  }
  const [sdp, session] = await Promise.all([textOf(form.get("sdp")), textOf(form.get("session"))]);
  if (sdp === null) throw new AppError("invalid-request", "sdp: missing");
  return { sdp, settings: session === null ? null : settingsOf(session) };
}

/** A field may be given as a file, too. */
async function textOf(entry: ReturnType<FormData["get"]>): Promise<string | null> {
  return entry === null || typeof entry === "string" ? entry : entry.text();
}

function settingsOf(text: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid-request", "session: not JSON", { cause });
  }
  const settings = settingsSchema.safeParse(json);
  if (!settings.success) throw new AppError("invalid-request", "session: not an object");
  return settings.data;
}
