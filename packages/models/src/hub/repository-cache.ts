import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";

/** A file of a snapshot. */
export type CachedFile = {
  /** Path within the repository. */
  path: string;
  /** Path in the snapshot. */
  location: string;
  /** Path of the blob that it links to. */
  blob: string;
  bytes: number;
};

/**
 * A repository's place in the cache that Hugging Face's tools share:
 * `models--organisation--name/{blobs,refs,snapshots}`. Blobs are named by their checksums; a
 * snapshot is a folder of links to them; a ref holds the commit that a branch was at.
 *
 * @see https://huggingface.co/docs/huggingface_hub/guides/manage-cache
 */
export class RepositoryCache {
  readonly directory: string;
  /** Lock file of all changes to the repository. */
  readonly lock: string;

  constructor(cache: string, repository: string) {
    const folder = `models--${repository.replaceAll("/", "--")}`;
    this.directory = join(cache, folder);
    this.lock = join(cache, ".locks", folder, "parley.lock");
  }

  get blobs(): string {
    return join(this.directory, "blobs");
  }

  get snapshots(): string {
    return join(this.directory, "snapshots");
  }

  blob(etag: string): string {
    return join(this.blobs, etag);
  }

  /** Path of a blob while it is downloaded. */
  partial(etag: string): string {
    return `${this.blob(etag)}.incomplete`;
  }

  ref(revision: string): string {
    return join(this.directory, "refs", ...revision.split("/"));
  }

  snapshot(commit: string): string {
    return join(this.snapshots, commit);
  }

  /** The commit that a branch was at when it was last pulled, or the commit itself; null if none. */
  async commitOf(revision: string): Promise<string | null> {
    const text = await readFile(this.ref(revision), "utf8").catch(() => revision);
    const commit = text.trim();
    return isCommit(commit) ? commit : null;
  }

  /** Files whose links resolve; none when there is no such snapshot. */
  async files(commit: string): Promise<CachedFile[]> {
    const directory = this.snapshot(commit);
    const names = await readdir(directory, { recursive: true }).catch(() => []);
    const found = await Promise.all(
      names.map(async (name): Promise<CachedFile | null> => {
        const location = join(directory, name);
        const blob = await realpath(location).catch(() => null);
        const status = blob === null ? null : await stat(blob);
        if (blob === null || status?.isFile() !== true) return null;
        return { path: name.replaceAll("\\", "/"), location, blob, bytes: status.size };
      }),
    );
    return found.filter((file) => file !== null).sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

export function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/u.test(text);
}
