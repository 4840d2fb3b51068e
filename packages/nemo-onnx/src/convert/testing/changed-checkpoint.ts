import { parseDocument, stringify } from "yaml";
import type { Checkpoint, CheckpointTensor } from "../../checkpoint/checkpoint";

/** A checkpoint with changed values in its configuration, by path such as "encoder.n_heads". */
export function withConfig(
  base: Checkpoint,
  changes: Readonly<Record<string, unknown>>,
): Checkpoint {
  const document = parseDocument(stringify(base.config));
  for (const [path, value] of Object.entries(changes)) document.setIn(path.split("."), value);
  const config: unknown = document.toJS();
  return { ...copyOf(base), config };
}

/** A checkpoint with changed weights. */
export function withTensors(
  base: Checkpoint,
  change: (tensors: Map<string, CheckpointTensor>) => void,
): Checkpoint {
  const tensors = new Map(base.tensors);
  change(tensors);
  return { ...copyOf(base), tensors };
}

/** A copy whose `close()` does nothing: the test closes the original. */
function copyOf(base: Checkpoint): Checkpoint {
  const { file, config, tensors, members } = base;
  const readMember = (name: string) => base.readMember(name);
  return { file, config, tensors, members, readMember, close: () => Promise.resolve() };
}
