import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import type { GraphPlacement } from "../../contracts/graph-placement";
import { readProfile } from "./read-profile";

/**
 * The profile of a session's first run, which tells what onnxruntime tells in no other way within a
 * process: which provider computes which node. (Its log of assignments goes to the standard error of
 * the whole process.) Whatever fails here costs the answer and nothing else.
 */
export class FirstRunProfile {
  readonly #folder: string;

  /** @returns null where no temporary folder can be made */
  static async begin(): Promise<FirstRunProfile | null> {
    try {
      return new FirstRunProfile(await mkdtemp(join(tmpdir(), "parley-profile-")));
    } catch {
      return null;
    }
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** With which the session has to be opened. */
  get options(): InferenceSession.SessionOptions {
    return { enableProfiling: true, profileFilePrefix: join(this.#folder, "run") };
  }

  /**
   * Ends the profile of a session that has run once; later runs are as quick as those of a session that
   * had none. On a device its user calls this, as every use of it.
   */
  end(session: Pick<InferenceSession, "endProfiling">): void {
    try {
      session.endProfiling();
    } catch {
      return;
    }
  }

  /**
   * Reads the ended profile and deletes it.
   *
   * @returns null where it cannot be read
   */
  async read(graph: string): Promise<GraphPlacement | null> {
    try {
      const [file = ""] = await readdir(this.#folder);
      return readProfile(await readFile(join(this.#folder, file), "utf8"), graph);
    } catch {
      return null;
    } finally {
      await this.discard();
    }
  }

  /** Deletes what there is. Idempotent. */
  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
