import { describe, expect, it } from "vitest";
import { parseModelConfig } from "./model-config";

const parse = (text: string) => parseModelConfig(text, "model_config.yaml");

describe("parseModelConfig", () => {
  it("reads what NeMo writes, and does not resolve references", () => {
    const text = [
      "preprocessor: {dither: 1.0e-05, pad_to: 0, normalize: NA, frame: null}",
      "labels: [<unk>, ▁t, y, 'no', '1', on]",
      "tokenizer:\n  model_path: nemo:abc_tokenizer.model",
      "size: ${encoder.d_model}",
    ].join("\n");
    expect(parse(text)).toEqual({
      preprocessor: { dither: 1e-5, pad_to: 0, normalize: "NA", frame: null },
      labels: ["<unk>", "▁t", "y", "no", "1", "on"],
      tokenizer: { model_path: "nemo:abc_tokenizer.model" },
      size: "${encoder.d_model}",
    });
  });

  it("resolves aliases", () => {
    expect(parse("a: &a [1]\nb: *a")).toEqual({ a: [1], b: [1] });
  });

  it("ignores tags of Python objects", () => {
    expect(parse("a: !!python/object/apply:os.system ls")).toEqual({ a: "ls" });
  });

  it("reads keys with a meaning in JavaScript as plain keys", () => {
    const config = parse("__proto__: {isAdmin: true}");
    expect(Object.keys(config ?? {})).toEqual(["__proto__"]);
    expect(config).not.toHaveProperty("isAdmin");
  });

  const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]", "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]"];
  it.each([
    ["list that contains itself", "a: &a [*a]", "refused", "*a contains itself"],
    ["map that contains itself", "a: &a {b: {c: [*a]}}", "refused", "*a contains itself"],
    [
      "bomb",
      [...bomb, "c: &c [*b,*b,*b,*b,*b]", "d: [*c,*c,*c,*c]"].join("\n"),
      "refused",
      "alias",
    ],
    ["unresolved alias", "a: *b", "refused", "alias"],
    ["deep lists", "[".repeat(50_000), "refused", "nested too deeply"],
    ["deep maps", "{a: ".repeat(50_000), "refused", "nested too deeply"],
    ["deep blocks", "- ".repeat(50_000), "refused", "nested too deeply"],
    ["key given twice", "a: 1\na: 2", "malformed", "unique"],
    ["invalid YAML", "a: [1\nb: }", "malformed", "model_config.yaml"],
    ["several documents", "--- 1\n--- 2", "malformed", "multiple documents"],
  ])("refuses: %s", (_, text, code, message) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ name: "ModelError", code }));
    expect(() => parse(text)).toThrow(message);
  });
});
