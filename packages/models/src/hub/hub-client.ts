import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { HubConnection, rangeNotSatisfiable } from "./hub-connection";
import type { HubSettings } from "./hub-settings";
import { type RetryOptions, Retries } from "./retries";

const revisionSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  siblings: z.array(z.object({ rfilename: z.string().min(1), size: z.number().min(0).nullish() })),
  cardData: z
    .object({
      license: z.union([z.string(), z.array(z.string())]).nullish(),
      license_name: z.string().nullish(),
    })
    .nullish()
    .catch(null),
});

/** A repository as it is at one commit. */
export type HubRevision = {
  commit: string;
  paths: readonly string[];
  /** Sizes of files by path, where they were asked for. */
  sizes: ReadonlyMap<string, number>;
  /** The licence's identifier on the model's card, such as "cc-by-4.0"; null when it tells none. */
  licence: string | null;
};

/** Metadata of a file on the hub. */
export type HubFile = {
  repository: string;
  commit: string;
  path: string;
  /** SHA-256 of a large file, git's SHA-1 of a small one, in lower-case hexadecimal. */
  etag: string;
  bytes: number;
};

/** The body of a file, or of its remaining part. */
export type HubBody = {
  /** Offset of the first byte; the server may start at 0 instead of the requested offset. */
  start: number;
  /** Size of the whole file; null when the server does not send it. */
  totalBytes: number | null;
  /** Strong ETag of the sending server, for `If-Range`; null without one. */
  validator: string | null;
  pieces: AsyncIterable<Uint8Array>;
  /** Aborts the body with a retryable failure. */
  giveUp: () => void;
};

/** Client of the hub, using the URLs of Hugging Face's own tools. */
export class HubClient {
  readonly #connection: HubConnection;
  readonly #retryOptions: RetryOptions;
  readonly #signal: AbortSignal;

  constructor(settings: HubSettings, retryOptions: RetryOptions) {
    this.#connection = new HubConnection(settings, retryOptions.clock);
    this.#retryOptions = retryOptions;
    this.#signal = retryOptions.signal;
  }

  /**
   * @param withSizes whether the hub adds the sizes of files
   * @throws AppError `not-found`, `invalid-request` (gated), `timeout`, `too-many-requests`
   */
  readRevision(repository: string, revision: string, withSizes = false): Promise<HubRevision> {
    const what = `${repository} at ${revision}`;
    return this.#retried(async () => {
      const { response } = await this.#connection.send({
        method: "GET",
        path: `/api/models/${repository}/revision/${encodeURIComponent(revision)}${withSizes ? "?blobs=true" : ""}`,
        what,
        repository,
        signal: this.#signal,
      });
      const body = await response.json().catch((error: unknown) => {
        throw this.#connection.explain(error, { signal: this.#signal });
      });
      const parsed = revisionSchema.safeParse(body);
      if (!parsed.success)
        throw new AppError("internal", `${what}: the answer is not that of a hub`);
      const { sha, siblings, cardData } = parsed.data;
      const sized = siblings.flatMap(({ rfilename, size }): [string, number][] =>
        size == null ? [] : [[rfilename, size]],
      );
      const license = cardData?.license;
      const named = Array.isArray(license) ? (license[0] ?? null) : (license ?? null);
      return {
        commit: sha,
        paths: siblings.map(({ rfilename }) => rfilename),
        sizes: new Map(sized),
        licence: named === "other" ? (cardData?.license_name ?? null) : named,
      };
    });
  }

  /** Rejects as `readRevision` does, and with `model-mismatch` when no checksum is sent. */
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
        throw new AppError("model-mismatch", `${what}: the server sends no checksum or no size`);
      }
      const served = headers.get("x-repo-commit") ?? commit;
      if (served !== commit) {
        throw new AppError("model-mismatch", `${what}: wanted ${commit}, the server has ${served}`);
      }
      return { repository, commit, path, etag, bytes: Number(size) };
    });
  }

  /**
   * Opens a file's bytes, without retries.
   *
   * @param start offset: the number of bytes that are on disk
   * @param validator ETag of those bytes, so that a changed file is sent whole
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
      pieces: this.#explained(body),
      giveUp,
    };
  }

  async *#explained(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw this.#connection.explain(error, { signal: this.#signal });
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
