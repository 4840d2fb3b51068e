import { createRequire } from "node:module";
import { basename } from "node:path";
import { z } from "zod";

/** The files that onnxruntime-node's own installer would fetch, and where from. */
export type LibraryManifest = {
  /** NuGet package. */
  packageName: string;
  version: string;
  /** Address of the feed's index. */
  feed: string;
  /** Name of each library by its path in the package. */
  files: ReadonlyMap<string, string>;
};

const metadataSchema = z.object({
  manifests: z.record(
    z.string(),
    z.record(z.string(), z.object({ package: z.string(), path: z.string() })),
  ),
  packages: z.record(
    z.string(),
    z.object({
      name: z.string(),
      versions: z.array(z.object({ feed: z.string(), version: z.string() })).min(1),
    }),
  ),
  feeds: z.record(z.string(), z.object({ type: z.literal("nuget"), index: z.url() })),
});

/**
 * Reads what the installed onnxruntime-node says of its libraries for CUDA.
 *
 * @returns null on platforms for which there are none
 */
export function readLibraryManifest(
  platform: NodeJS.Platform = process.platform,
  architecture: string = process.arch,
): LibraryManifest | null {
  const require = createRequire(import.meta.url);
  const metadata = metadataSchema.parse(require("onnxruntime-node/script/install-metadata.js"));
  const entries = Object.entries(metadata.manifests[`${platform}/${architecture}:cuda12`] ?? {});
  const [first] = entries;
  if (first === undefined) return null;
  const found = metadata.packages[first[1].package];
  const [source] = found?.versions ?? [];
  const feed = metadata.feeds[source?.feed ?? ""];
  if (found === undefined || source === undefined || feed === undefined) {
    throw new TypeError("onnxruntime-node names a package without a feed");
  }
  return {
    packageName: found.name,
    version: source.version,
    feed: feed.index,
    files: new Map(entries.map(([name, { path }]) => [path, basename(name)])),
  };
}
