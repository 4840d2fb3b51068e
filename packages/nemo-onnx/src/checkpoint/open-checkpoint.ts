import { readWhole, type ByteSource } from "../archive/byte-source";
import { memberPath } from "../archive/member-path";
import type { MemberArchive } from "../archive/member-archive";
import { openArchive } from "../archive/open-archive";
import { ModelError } from "../errors";
import type { Checkpoint, CheckpointTensor } from "./checkpoint";
import { parseModelConfig } from "./model-config";
import { openTorchWeights } from "./open-torch-weights";

const configMember = "model_config.yaml";
const weightsMember = "model_weights.ckpt";
/** Bytes; a configuration that lists 8,192 tokens twice has a few hundred thousand. */
const configLimitBytes = 2 ** 23;
/** Bytes; tokenizers and dictionaries have a few million at most. */
const memberLimitBytes = 2 ** 26;

/**
 * Opens a `.nemo` checkpoint: a tar archive, plain or gzipped, or a folder into which one was
 * extracted. Only its index is read; weights are read on demand. The file is not trusted: code in
 * it never runs, and nothing is written to disk, except that a gzipped archive is decompressed into
 * a temporary file, which `close()` deletes.
 *
 * @throws ModelError when the file is not a checkpoint, or one that is unsafe or not supported
 */
export async function openCheckpoint(file: string): Promise<Checkpoint> {
  const archive = await openArchive(file);
  try {
    const config = requireMember(file, archive, configMember);
    const text = Buffer.from(await readWhole(config, configLimitBytes)).toString("utf8");
    return new ArchivedCheckpoint(file, archive, {
      config: parseModelConfig(text, config.name),
      tensors: await openTorchWeights(requireMember(file, archive, weightsMember)),
    });
  } catch (error) {
    await archive.close();
    throw error;
  }
}

class ArchivedCheckpoint implements Checkpoint {
  readonly file: string;
  readonly config: unknown;
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  readonly members: readonly string[];
  readonly #archive: MemberArchive;
  #closed: Promise<void> | undefined;

  constructor(
    file: string,
    archive: MemberArchive,
    content: Pick<Checkpoint, "config" | "tensors">,
  ) {
    this.file = file;
    this.config = content.config;
    this.tensors = content.tensors;
    this.members = [...archive.members.keys()].filter(
      (name) => name !== configMember && name !== weightsMember,
    );
    this.#archive = archive;
  }

  async readMember(name: string): Promise<Uint8Array> {
    const path = memberPath(this.file, name.replace(/^nemo:/, ""));
    return readWhole(requireMember(this.file, this.#archive, path), memberLimitBytes);
  }

  close(): Promise<void> {
    this.#closed ??= this.#archive.close();
    return this.#closed;
  }
}

function requireMember(file: string, archive: MemberArchive, name: string): ByteSource {
  const member = archive.members.get(name);
  if (member === undefined) throw new ModelError("malformed", `${file} has no ${name}`);
  return member;
}
