import { describe, expect, it } from "vitest";
import { allSettings, settingGroups } from "./all-settings";
import { conflicts } from "./conflicts";
import type { Reader, Service } from "./setting";

const names = Object.keys(allSettings);

/** The services that a reader's variables must reach; others run outside of containers. */
const serviceOf: Partial<Record<Reader, Service>> = {
  inference: "inference",
  models: "inference",
  "media-server": "media-server",
};

it("declares no variable twice", () => {
  const declared = settingGroups.flatMap(({ settings }) => Object.keys(settings));
  expect(declared.filter((name, index) => declared.indexOf(name) !== index)).toEqual([]);
});

describe.each(Object.entries(allSettings))("%s", (name, setting) => {
  it("has the name of an environment variable", () => {
    expect(name).toMatch(/^[A-Z][A-Z0-9_]*$/u);
  });

  it("is explained in one line without a full stop", () => {
    for (const line of [setting.meaning, setting.defaultText, setting.expects]) {
      expect(line).toMatch(/^\S.*[^.\s]$|^\S$/u);
    }
  });

  it("can do without a value", () => {
    expect(setting.schema.safeParse(undefined).success).toBe(true);
  });

  it("has a rule for the container of each server that reads it", () => {
    const services = new Set(setting.readBy.flatMap((reader) => serviceOf[reader] ?? []));
    expect(Object.keys(setting.containers).sort()).toEqual([...services].sort());
  });

  it("leans only on variables that exist", () => {
    if (setting.onlyWith !== null) expect(names).toContain(setting.onlyWith);
  });
});

it("knows both sides of every conflict", () => {
  const unknown = conflicts.flatMap((conflict) => conflict.names).filter((n) => !names.includes(n));
  expect(unknown).toEqual([]);
});
