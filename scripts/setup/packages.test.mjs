import { describe, expect, it } from "vitest";
import { isInstalled, npmCommand } from "./packages.mjs";

describe("comparing the lockfile with what is installed", () => {
  const wanted = {
    packages: {
      "": {},
      "apps/web": { version: "0.1.0" },
      "node_modules/left": { version: "1.0.0" },
      "node_modules/left-for-mac": { version: "1.0.0", optional: true },
      "node_modules/@parley/shared": { link: true },
    },
  };
  const shared = { "node_modules/@parley/shared": { link: true } };

  it("is true when all that this machine needs is installed", () => {
    const packages = { "node_modules/left": { version: "1.0.0" }, ...shared };
    expect(isInstalled(wanted, { packages })).toBe(true);
  });

  it("is false for a missing package or another version", () => {
    expect(isInstalled(wanted, { packages: shared })).toBe(false);
    const packages = { "node_modules/left": { version: "2.0.0" }, ...shared };
    expect(isInstalled(wanted, { packages })).toBe(false);
  });
});

describe("the npm that installs", () => {
  it("is the one that started the script", () => {
    const script = "/opt/npm/bin/npm-cli.js";
    expect(npmCommand({ npm_execpath: script })).toEqual([process.execPath, script]);
  });

  it("is the one on the path otherwise", () => {
    expect(npmCommand({ npm_execpath: "/opt/yarn/yarn.js" })[0]).toMatch(/^npm/);
  });
});
