import { PickleCursor } from "./pickle-cursor";
import type { PickleEnvironment } from "./pickle-environment";
import { pickleOperations, stopOpcode, type PickleMachine } from "./pickle-operations";
import { PickleStack } from "./pickle-stack";

/** A tensor takes about fifty; each can take memory, so that their number bounds it. */
const mostOperations = 1_000_000;

/**
 * Reads a pickle as data. A pickle is a program; this runs only the part of the language that
 * builds plain values, and of Python it knows what `environment` names. Values may contain
 * themselves and each other, so whoever looks into them must not follow them without a bound.
 *
 * @param name for messages
 * @throws ModelError `malformed`, or `refused` for what the subset leaves out, by name
 */
export function readPickle(
  bytes: Uint8Array,
  name: string,
  environment: PickleEnvironment,
): unknown {
  const cursor = new PickleCursor(bytes, name);
  const stack = new PickleStack(cursor);
  const machine: PickleMachine = { cursor, stack, memo: new Map(), environment };
  for (let count = 0; count < mostOperations; count += 1) {
    const opcode = cursor.uint8();
    if (opcode === stopOpcode) return stack.pop();
    const operation = pickleOperations.get(opcode);
    if (operation === undefined) {
      throw cursor.error("refused", `forbidden opcode 0x${opcode.toString(16).padStart(2, "0")}`);
    }
    operation(machine);
  }
  throw cursor.error("refused", `more than ${mostOperations} operations`);
}
