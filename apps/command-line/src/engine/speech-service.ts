import { z } from "zod";

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

/**
 * Address of an operation of OpenAI's audio API.
 *
 * @param url the service, up to its host, its `/v1`, or the whole path of the operation
 */
export function serviceAddress(url: URL, operation: "speech" | "transcriptions"): URL {
  const path = url.pathname.replace(/\/+$/u, "");
  const address = new URL(url);
  if (path.endsWith(`/${operation}`)) address.pathname = path;
  else address.pathname = `${path.replace(/\/v1$/u, "")}/v1/audio/${operation}`;
  return address;
}

/** Why a service refused a request, by its own words where its answer holds an error. */
export function refusalReason(status: number, body: string): string {
  try {
    return errorSchema.parse(JSON.parse(body)).error.message;
  } catch {
    return `it answers with status ${status}`;
  }
}
