import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { HubConnection, rangeNotSatisfiable } from "./hub-connection";
import type { HubSettings } from "./hub-settings";
import { type RetryOptions, Retries } from "./retries";

const revisionSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  siblings: z.array(z.object({ rfilename: z.string().min(1) })),
});

/** A repository as it is at one commit. */
export type HubRevision = { commit: string; paths: readonly string[] };

/** A file as the hub tells of it. */
export type HubFile = {
  repository: string;
  commit: string;
  path: string;
  /** SHA-256 of a large file, git's SHA-1 of a small one, in lower-case hexadecimal. */
  etag: string;
  bytes: number;
};

/** A file's bytes from somewhere on. */
export type HubBody = {
  /** Where they begin; the server may start at 0 although it was asked not to. */
  start: number;
  /** The file's, where the server tells it here. */
  totalBytes: number | null;
  /** A strong validator of the server that sends them; null where there is none. */
  validator: string | null;
  pieces: AsyncIterable<Uint8Array>;
  /** Ends it with a failure that may be tried again. */
  giveUp: () => void;
};

/** Reads models from the hub, over the addresses that Hugging Face's own tools use. */
export class HubClient {
  readonly #connection: HubConnection;
  readonly #retryOptions: RetryOptions;
  readonly #signal: AbortSignal;

  constructor(settings: HubSettings, retryOptions: RetryOptions) {
    this.#connection = new HubConnection(settings, retryOptions.clock);
    this.#retryOptions = retryOptions;
    this.#signal = retryOptions.signal;
  }

  /** @throws AppError `not-found`, `invalid-request` (gated), `timeout`, `too-many-requests` */
  readRevision(repository: string, revision: string): Promise<HubRevision> {
    const what = `${repository} at ${revision}`;
    return this.#retried(async () => {
      const { response } = await this.#connection.send({
        method: "GET",
        path: `/api/models/${repository}/revision/${encodeURIComponent(revision)}`,
        what,
        repository,
        signal: this.#signal,
      });
      const body = await response.json().catch((error: unknown) => {
        throw this.#connection.explain(error, { what, signal: this.#signal });
      });
      const parsed = revisionSchema.safeParse(body);
      if (!parsed.success) throw new AppError("internal", `${what}: not a hub's answer`);
      const { sha, siblings } = parsed.data;
      return { commit: sha, paths: siblings.map(({ rfilename }) => rfilename) };
    });
  }

  /** Rejects as `readRevision` does, and with `model-mismatch` when no checksum is told. */
  describe(repository: string, commit: string, path: string): Promise<HubFile> {
    const what = `${repository}/${path}`;
    return this.#retried(async () => {
      const { response } = await this.#connection.send({
        method: "HEAD",
        path: filePath(repository, commit, path),
        what,
        repository,
        staysOnHub: true,
        signal: this.#signal,
      });
      const { headers } = response;
      const etag = normalizeEtag(headers.get("x-linked-etag") ?? headers.get("etag") ?? "");
      const size = headers.get("x-linked-size") ?? headers.get("content-length") ?? "";
      if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(etag) || !/^\d+$/u.test(size)) {
        throw new AppError("model-mismatch", `${what}: the server tells no checksum or no size`);
      }
      const told = headers.get("x-repo-commit") ?? commit;
      if (told !== commit) {
        throw new AppError("model-mismatch", `${what}: wanted ${commit}, the server has ${told}`);
      }
      return { repository, commit, path, etag, bytes: Number(size) };
    });
  }

  /**
   * Opens a file's bytes, once; the caller tries again.
   *
   * @param start 0, or how many bytes are here already
   * @param validator of the server that sent those, so that a changed file is sent whole
   * @returns null when `start` is past the file's end
   */
  async open(file: HubFile, start: number, validator: string | null): Promise<HubBody | null> {
    const { repository, commit, path } = file;
    const what = `${repository}/${path}`;
    const signal = this.#signal;
    const { response, giveUp } = await this.#connection.send({
      method: "GET",
      path: filePath(repository, commit, path),
      headers: {
        ...(start > 0 ? { range: `bytes=${start}-` } : {}),
        ...(start > 0 && validator !== null ? { "if-range": validator } : {}),
      },
      what,
      repository,
      signal,
    });
    const { headers, body, status } = response;
    if (body === null || status === rangeNotSatisfiable) {
      await body?.cancel();
      return null;
    }
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(headers.get("content-range") ?? "");
    const isPart = status === 206 && range !== null;
    const total = isPart ? range[2] : headers.get("content-length");
    const etag = headers.get("etag");
    return {
      start: isPart ? Number(range[1]) : 0,
      totalBytes: total !== null && /^\d+$/u.test(total ?? "") ? Number(total) : null,
      validator: etag === null || etag.startsWith("W/") ? null : etag,
      pieces: this.#explained(body, what),
      giveUp,
    };
  }

  async *#explained(body: AsyncIterable<Uint8Array>, what: string): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw this.#connection.explain(error, { what, signal: this.#signal });
    }
  }

  async #retried<T>(attempt: () => Promise<T>): Promise<T> {
    const retries = new Retries(this.#retryOptions);
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        await retries.pauseAfter(error);
      }
    }
  }
}

function filePath(repository: string, commit: string, path: string): string {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return `/${repository}/resolve/${commit}/${encoded}`;
}

function normalizeEtag(text: string): string {
  return text.replace(/^W\//u, "").replaceAll('"', "");
}
