import { expect, it } from "vitest";
import { nemotronSpeech, sampleModel } from "../../testing/model-samples";
import { optimisticModels } from "./optimistic-models";

const other = sampleModel({ state: "ready", isActive: true });

function after(action: "pull" | "cancel" | "use" | "remove", change: object) {
  const before = { ...nemotronSpeech, ...change };
  const [model, untouched] = optimisticModels([before, other], [{ name: before.name, action }]);
  expect(untouched).toBe(other);
  return model === before ? "as it was" : model;
}

it("shows a request as carried out", () => {
  expect(after("pull", {})).toMatchObject({ state: "pulling" });
  expect(after("pull", { state: "failed", problem: "broken off" })).toMatchObject({
    state: "pulling",
    problem: null,
  });
  expect(after("use", { state: "ready" })).toMatchObject({ state: "loading", isActive: false });
  expect(after("cancel", { state: "converting" })).toMatchObject({ state: "absent" });
  expect(after("remove", { state: "ready", diskBytes: 7 })).toMatchObject({
    state: "absent",
    diskBytes: 0,
  });
});

it("keeps a later state that the server has answered", () => {
  for (const state of ["pulling", "converting", "ready"]) {
    expect(after("pull", { state })).toBe("as it was");
  }
  expect(after("use", { state: "ready", isActive: true })).toBe("as it was");
});

it("shows that the model in use changes its precision", () => {
  const before = { ...nemotronSpeech, state: "ready", isActive: true } as const;
  const inFp32 = { ...before, activePrecision: "fp32" };
  const requested = (name: string) => optimisticModels([inFp32], [{ name, action: "use" }])[0];
  expect(requested(`${before.name}:int8`)).toMatchObject({ state: "loading", isActive: true });
  expect(requested(`${before.name}:fp32`)).toBe(inFp32);
});
