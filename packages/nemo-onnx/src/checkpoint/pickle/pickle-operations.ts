import type { PickleCursor } from "./pickle-cursor";
import { PickleFunction, type PickleEnvironment } from "./pickle-environment";
import type { PickleStack } from "./pickle-stack";

/** State of the pickle interpreter, on which the opcodes work. */
export type PickleMachine = {
  readonly cursor: PickleCursor;
  readonly stack: PickleStack;
  readonly memo: Map<number, unknown>;
  readonly environment: PickleEnvironment;
};

type Operation = (machine: PickleMachine) => void;

/** The opcode that ends a pickle, `STOP`. */
export const stopOpcode = 0x2e;

/**
 * The opcodes of protocol 2 that `torch.save` writes for a state dict (names as in CPython's
 * `pickletools`). Dicts become Maps, lists arrays and tuples frozen arrays. `NEWOBJ`, `INST`, `OBJ`
 * and the extension registry are left out on purpose; so are all opcodes of older protocols.
 */
export const pickleOperations: ReadonlyMap<number, Operation> = new Map([
  [0x80, checkProtocol], // PROTO
  [0x4e, push(() => null)], // NONE
  [0x88, push(() => true)], // NEWTRUE
  [0x89, push(() => false)], // NEWFALSE
  [0x4a, push(({ cursor }) => cursor.int32())], // BININT
  [0x4b, push(({ cursor }) => cursor.uint8())], // BININT1
  [0x4d, push(({ cursor }) => cursor.uint16())], // BININT2
  [0x8a, push(({ cursor }) => cursor.long())], // LONG1
  [0x47, push(({ cursor }) => cursor.float64())], // BINFLOAT
  [0x58, push(({ cursor }) => cursor.text(cursor.uint32()))], // BINUNICODE
  [0x29, push(() => Object.freeze([]))], // EMPTY_TUPLE
  [0x85, push(({ stack }) => Object.freeze(stack.popMany(1)))], // TUPLE1
  [0x86, push(({ stack }) => Object.freeze(stack.popMany(2)))], // TUPLE2
  [0x87, push(({ stack }) => Object.freeze(stack.popMany(3)))], // TUPLE3
  [0x28, mark], // MARK
  [0x74, push(({ stack }) => Object.freeze(stack.popGroup()))], // TUPLE
  [0x5d, push(() => [])], // EMPTY_LIST
  [0x61, append(({ stack }) => stack.popMany(1))], // APPEND
  [0x65, append(({ stack }) => stack.popGroup())], // APPENDS
  [0x7d, push(() => new Map())], // EMPTY_DICT
  [0x73, setItems(({ stack }) => stack.popMany(2))], // SETITEM
  [0x75, setItems(({ stack }) => stack.popGroup())], // SETITEMS
  [0x71, memoize(({ cursor }) => cursor.uint8())], // BINPUT
  [0x72, memoize(({ cursor }) => cursor.uint32())], // LONG_BINPUT
  [0x68, push((machine) => readMemo(machine, machine.cursor.uint8()))], // BINGET
  [0x6a, push((machine) => readMemo(machine, machine.cursor.uint32()))], // LONG_BINGET
  [0x63, push((machine) => findGlobal(machine, machine.cursor.line(), machine.cursor.line()))], // GLOBAL
  [0x93, push(findStackGlobal)], // STACK_GLOBAL
  [0x51, push(findPersistent)], // BINPERSID
  [0x52, push(reduce)], // REDUCE
  [0x62, build], // BUILD
]);

/** An operation that pushes one value onto the stack. */
function push(make: (machine: PickleMachine) => unknown): Operation {
  return (machine) => {
    machine.stack.push(make(machine));
  };
}

function mark({ stack }: PickleMachine): void {
  stack.mark();
}

function checkProtocol({ cursor }: PickleMachine): void {
  const protocol = cursor.uint8();
  if (protocol !== 2) throw cursor.error("refused", `pickle protocol ${protocol} instead of 2`);
}

function append(take: (machine: PickleMachine) => readonly unknown[]): Operation {
  return (machine) => {
    const values = take(machine);
    const list = machine.stack.top();
    if (!Array.isArray(list) || Object.isFrozen(list)) {
      throw machine.cursor.error("malformed", "not a list");
    }
    for (const value of values) list.push(value);
  };
}

function setItems(take: (machine: PickleMachine) => readonly unknown[]): Operation {
  return (machine) => {
    const pairs = take(machine);
    const dictionary = machine.stack.top();
    if (!(dictionary instanceof Map) || pairs.length % 2 !== 0) {
      throw machine.cursor.error("malformed", "not a dictionary, or half a pair");
    }
    for (let index = 0; index < pairs.length; index += 2) {
      dictionary.set(pairs[index], pairs[index + 1]);
    }
  };
}

function memoize(takeIndex: (machine: PickleMachine) => number): Operation {
  return (machine) => {
    machine.memo.set(takeIndex(machine), machine.stack.top());
  };
}

function readMemo({ memo, cursor }: PickleMachine, index: number): unknown {
  if (!memo.has(index)) throw cursor.error("malformed", `no memo entry ${index}`);
  return memo.get(index);
}

function findGlobal({ cursor, environment }: PickleMachine, module: string, name: string): unknown {
  const found = environment.findGlobal(`${module}.${name}`);
  if (found === undefined) throw cursor.error("refused", `forbidden global ${module}.${name}`);
  return found;
}

/** `STACK_GLOBAL` belongs to protocol 4; it is handled so that the refusal names the global. */
function findStackGlobal(machine: PickleMachine): unknown {
  const [module, name] = machine.stack.popMany(2);
  return findGlobal(machine, String(module), String(name));
}

function findPersistent({ stack, cursor, environment }: PickleMachine): unknown {
  const found = environment.findPersistent(stack.pop());
  if (found === undefined) throw cursor.error("malformed", "persistent id that is not a storage");
  return found;
}

function reduce({ stack, cursor }: PickleMachine): unknown {
  const [callable, parameters] = stack.popMany(2);
  if (!(callable instanceof PickleFunction)) {
    throw cursor.error("refused", "REDUCE of something that may not be called");
  }
  const result = Array.isArray(parameters) ? callable.call(parameters) : undefined;
  if (result === undefined) throw cursor.error("malformed", `wrong arguments of ${callable.name}`);
  return result;
}

function build({ stack, cursor, environment }: PickleMachine): void {
  const state = stack.pop();
  if (!environment.build(stack.top(), state)) throw cursor.error("refused", "unexpected BUILD");
}
