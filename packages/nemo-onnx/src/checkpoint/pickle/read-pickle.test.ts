import { describe, expect, it } from "vitest";
import { pickle } from "../testing/pickle-program";
import { torchEnvironment } from "../torch-environment";
import { readPickle } from "./read-pickle";

const read = (...parts: readonly Uint8Array[]) =>
  readPickle(pickle.program(...parts), "data.pkl", torchEnvironment);

const { raw } = pickle;
const orderedDict = pickle.global("collections", "OrderedDict");

function expectRefusal(code: string, message: string, ...parts: readonly Uint8Array[]) {
  expect(() => read(...parts)).toThrow(expect.objectContaining({ name: "ModelError", code }));
  expect(() => read(...parts)).toThrow(message);
}

describe("readPickle", () => {
  it("reads plain values", () => {
    const value = read(
      pickle.tuple(
        raw(0x4e, 0x88, 0x89, 0x4b, 200, 0x4d, 1, 2, 0x5d, 0x4b, 1, 0x61),
        raw(0x28, 0x4b, 2, 0x4b, 3, 0x65),
        pickle.integer(-5),
        pickle.integer(2 ** 40),
        raw(0x8a, 0, 0x8a, 1, 0xff, 0x47, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0),
        pickle.text("größe"),
        raw(0x29, 0x4b, 1, 0x85, 0x4b, 1, 0x4b, 2, 0x86, 0x4b, 1, 0x4b, 2, 0x4b, 3, 0x87),
      ),
    );
    expect(value).toEqual([
      ...[null, true, false, 200, 513, [1, 2, 3], -5, 2 ** 40, 0, -1, 1.5, "größe"],
      ...[[], [1], [1, 2], [1, 2, 3]],
    ]);
  });

  it("reads dictionaries, memo entries and _metadata", () => {
    const state = pickle.dictionary([pickle.text("_metadata"), pickle.dictionary()]);
    const value = read(
      pickle.call(orderedDict),
      raw(0x71, 0),
      pickle.text("key"),
      raw(0x72, 1, 0, 0, 0, 0x6a, 1, 0, 0, 0, 0x73),
      pickle.join(state, raw(0x62)),
    );
    expect(value).toEqual(new Map([["key", "key"]]));
  });

  it.each([
    ["os", "system"],
    ["builtins", "eval"],
    ["posix", "system"],
    ["torch", "load"],
    ["torch.storage", "_load_from_bytes"],
    ["_codecs", "encode"],
    ["collections", "OrderedDict.__init__"],
    ["torch._utils", "_rebuild_tensor_v2.__globals__"],
    ["constructor", "prototype"],
  ])("refuses the global %s.%s", (module, name) => {
    const forbidden = `forbidden global ${module}.${name}`;
    expectRefusal("refused", forbidden, pickle.global(module, name));
    // Also within other values, by another opcode, and when it would not be called.
    const nested = pickle.call(pickle.global(module, name), pickle.text("ls"));
    expectRefusal("refused", forbidden, pickle.dictionary([pickle.text("a"), nested]));
    expectRefusal("refused", forbidden, pickle.text(module), pickle.text(name), raw(0x93));
  });

  it("calls only known functions with valid arguments", () => {
    const storage = pickle.global("torch", "FloatStorage");
    const rebuild = pickle.global("torch._utils", "_rebuild_tensor_v2");
    const parameter = pickle.global("torch._utils", "_rebuild_parameter");
    expectRefusal("refused", "may not be called", pickle.call(storage));
    expectRefusal("refused", "may not be called", pickle.call(pickle.text("os.system")));
    expectRefusal("refused", "may not be called", pickle.call(pickle.dictionary()));
    expectRefusal("malformed", "_rebuild_tensor_v2", pickle.call(rebuild));
    expectRefusal("malformed", "_rebuild_tensor_v2", pickle.call(rebuild, pickle.text("x")));
    expectRefusal("malformed", "_rebuild_parameter", pickle.call(parameter, pickle.text("x")));
    expectRefusal("malformed", "OrderedDict", pickle.call(orderedDict, pickle.text("x")));
    expectRefusal("malformed", "OrderedDict", orderedDict, pickle.text("x"), raw(0x52));
  });

  it.each([
    ["NEWOBJ", [0x29, 0x81], "0x81"],
    ["INST", [0x28, 0x69], "0x69"],
    ["OBJ", [0x28, 0x6f], "0x6f"],
    ["EXT1", [0x82, 1], "0x82"],
    ["PERSID", [0x50], "0x50"],
    ["a later protocol", [0x80, 4], "protocol 4"],
  ])("refuses opcodes outside the subset: %s", (_, opcodes, message) => {
    expectRefusal("refused", message, raw(...opcodes));
  });

  it("refuses BUILD for anything but a dictionary's _metadata", () => {
    const state = pickle.dictionary([pickle.text("__class__"), pickle.text("x")]);
    expectRefusal("refused", "BUILD", pickle.call(orderedDict), state, raw(0x62));
    expectRefusal("refused", "BUILD", pickle.text("x"), pickle.dictionary(), raw(0x62));
    expectRefusal("refused", "BUILD", pickle.call(orderedDict), pickle.text("x"), raw(0x62));
  });

  it("refuses programs that exhaust memory", () => {
    const marks = new Uint8Array(200_000).fill(0x28);
    expectRefusal("refused", "stack too deep", marks);
    expectRefusal("refused", "stack too deep", new Uint8Array(200_000).fill(0x4e));
    const wrapped = pickle.join(raw(0x29), new Uint8Array(2_000_000).fill(0x85));
    expectRefusal("refused", "operations", wrapped);
    expectRefusal("refused", "beyond 2^53", raw(0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0x7f));
    expectRefusal("refused", "beyond 2^53", raw(0x8a, 255), new Uint8Array(255).fill(0x7f));
  });

  it("accepts values that contain themselves and memo entries of any index", () => {
    const value = read(
      raw(0x7d, 0x72, 0xff, 0xff, 0xff, 0xff),
      pickle.text("self"),
      raw(0x6a, 0xff, 0xff, 0xff, 0xff, 0x73),
    );
    expect(value instanceof Map && value.get("self") === value).toBe(true);
  });

  it.each([
    ["missing memo entry", [0x68, 7], "no memo entry 7"],
    ["memo of an empty stack", [0x71, 0], "empty stack"],
    ["tuple without mark", [0x74], "no mark"],
    ["tuple of too few", [0x4e, 0x86], "empty stack"],
    ["reaching below a mark", [0x4e, 0x28, 0x85], "empty stack"],
    ["half a pair", [0x7d, 0x28, 0x4e, 0x75], "half a pair"],
    ["items without a dictionary", [0x4e, 0x4e, 0x4e, 0x73], "not a dictionary"],
    ["appending to a tuple", [0x29, 0x4e, 0x61], "not a list"],
    ["invalid persistent id", [0x4e, 0x51], "not a storage"],
    ["no value at all", [], "empty stack"],
  ])("refuses invalid programs: %s", (_, opcodes, message) => {
    expectRefusal("malformed", message, raw(...opcodes));
  });

  it("refuses every truncated pickle", () => {
    const whole = pickle.program(
      pickle.dictionary([pickle.text("a"), pickle.integer(2 ** 40)]),
      orderedDict,
    );
    for (let length = 0; length < whole.length; length += 1) {
      const cut = whole.subarray(0, length);
      expect(() => readPickle(cut, "data.pkl", torchEnvironment)).toThrow("truncated");
    }
    expect(() => read(raw(0x58, 0xff, 0xff, 0xff, 0xff))).toThrow("truncated");
  });
});
