import { describe, expect, it } from "vitest";
import { completeLockfile, machineFromName } from "./complete.mjs";

describe("the machine that a package is for", () => {
  it("is read from its name", () => {
    expect(machineFromName("@oxc/binding-linux-x64-musl")).toEqual({
      cpu: ["x64"],
      libc: ["musl"],
      os: ["linux"],
    });
    expect(machineFromName("@tailwindcss/oxide-darwin-arm64")).toEqual({
      cpu: ["arm64"],
      os: ["darwin"],
    });
    expect(machineFromName("@tailwindcss/oxide-wasm32-wasi")).toEqual({ cpu: ["wasm32"] });
  });

  it("is unknown for other packages", () => {
    expect(machineFromName("bufferutil")).toBeNull();
  });
});

describe("completing the lockfile", () => {
  const native = {
    version: "2.0.0",
    dev: true,
    optionalDependencies: { "native-linux-x64-gnu": "2.0.0", "native-darwin-arm64": "2.0.0" },
  };
  const present = { version: "2.0.0", optional: true };

  it("adds what npm left out and nothing else", () => {
    const packages = {
      "node_modules/native": native,
      "node_modules/native-linux-x64-gnu": present,
    };
    const { lockfile, added } = completeLockfile({ packages });
    expect(added).toEqual(["native-darwin-arm64"]);
    expect(lockfile.packages).toEqual({
      ...packages,
      "node_modules/native-darwin-arm64": {
        version: "2.0.0",
        cpu: ["arm64"],
        dev: true,
        optional: true,
        os: ["darwin"],
      },
    });
    expect(completeLockfile(lockfile).added).toEqual([]);
  });
});
