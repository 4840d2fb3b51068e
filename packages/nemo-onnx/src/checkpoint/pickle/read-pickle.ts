import { PickleCursor } from "./pickle-cursor";
import type { PickleEnvironment } from "./pickle-environment";
import { pickleOperations, stopOpcode, type PickleMachine } from "./pickle-operations";
import { PickleStack } from "./pickle-stack";

/** Operations at most, which bounds the memory that they take; a tensor needs about 50. */
const operationLimit = 1_000_000;

/**
 * Reads a pickle as data. A pickle is a program; this interpreter runs only the opcodes that build
 * plain values, and resolves only the globals that `environment` names. Values may contain
 * themselves, so code that walks them needs a bound.
 *
 * @param name the pickle's name, for error messages
 * @throws ModelError `malformed`, or `refused` for opcodes and globals outside the subset, by name
 */
export function readPickle(
  bytes: Uint8Array,
  name: string,
  environment: PickleEnvironment,
): unknown {
  const cursor = new PickleCursor(bytes, name);
  const stack = new PickleStack(cursor);
  const machine: PickleMachine = { cursor, stack, memo: new Map(), environment };
  for (let count = 0; count < operationLimit; count += 1) {
    const opcode = cursor.uint8();
    if (opcode === stopOpcode) return stack.pop();
    const operation = pickleOperations.get(opcode);
    if (operation === undefined) {
      throw cursor.error("refused", `forbidden opcode 0x${opcode.toString(16).padStart(2, "0")}`);
    }
    operation(machine);
  }
  throw cursor.error("refused", `more than ${operationLimit} operations`);
}
