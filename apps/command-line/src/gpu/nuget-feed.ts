import { AppError, errorMessage } from "@parley/shared/errors";
import { z } from "zod";

/** A package of a NuGet feed, with what the feed says about its bytes. */
export type FeedPackage = {
  url: string;
  bytes: number;
  /** SHA-512 in base 64. */
  sha512: string;
};

type Fetch = typeof fetch;

const indexSchema = z.object({
  resources: z.array(z.object({ "@id": z.url(), "@type": z.string() })),
});
const versionsSchema = z.object({ versions: z.array(z.string()) });
const leafSchema = z.object({ catalogEntry: z.url() });
const catalogSchema = z.object({
  packageHash: z.string(),
  packageHashAlgorithm: z.literal("SHA512"),
  packageSize: z.int().min(1),
});

/**
 * Finds a package of exactly one version in a NuGet feed, as onnxruntime-node's installer does, and
 * its checksum, which that one does not ask for.
 *
 * @param index address of the feed's service index
 * @throws AppError `not-found` when the feed lacks the version, `storage-unavailable` when it does not
 *   answer as NuGet's protocol says
 */
export async function findPackage(
  { index, name, version }: { index: string; name: string; version: string },
  { fetch, signal }: { fetch: Fetch; signal: AbortSignal },
): Promise<FeedPackage> {
  const read = <Value>(url: string, schema: z.ZodType<Value>) =>
    readJson(url, schema, { fetch, signal });
  const { resources } = await read(index, indexSchema);
  const resource = (type: string) => {
    const found = resources.find((candidate) => candidate["@type"].startsWith(type))?.["@id"];
    if (found === undefined) throw unusable(index, `it has no ${type}`);
    return found.endsWith("/") ? found : `${found}/`;
  };
  const id = name.toLowerCase();
  const wanted = version.toLowerCase();
  const base = resource("PackageBaseAddress/3.0.0");
  const { versions } = await read(`${base}${id}/index.json`, versionsSchema);
  if (!versions.includes(wanted)) {
    throw new AppError("not-found", `the feed has no ${name} ${version}`);
  }
  const leaf = `${resource("RegistrationsBaseUrl")}${id}/${wanted}.json`;
  const { catalogEntry } = await read(leaf, leafSchema);
  const { packageHash, packageSize } = await read(catalogEntry, catalogSchema);
  const url = `${base}${id}/${wanted}/${id}.${wanted}.nupkg`;
  return { url, bytes: packageSize, sha512: packageHash };
}

async function readJson<Value>(
  url: string,
  schema: z.ZodType<Value>,
  { fetch, signal }: { fetch: Fetch; signal: AbortSignal },
): Promise<Value> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return schema.parse(await response.json());
  } catch (error) {
    signal.throwIfAborted();
    throw unusable(url, errorMessage(error).split("\n")[0] ?? "", error);
  }
}

function unusable(url: string, reason: string, cause?: unknown): AppError {
  const message = `${new URL(url).host} does not answer as a NuGet feed: ${reason}`;
  return new AppError("storage-unavailable", message, { cause, isRetryable: true });
}
