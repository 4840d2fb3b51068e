import { expect, it } from "vitest";
import { madeInferenceKey } from "./inference-key.mjs";

it("is made anew for both servers together", () => {
  const [one, other] = [madeInferenceKey({}, null), madeInferenceKey({}, null)];
  expect(one).toMatch(/^[\w-]{32}$/);
  expect(other).not.toBe(one);
});

it("is left to the operator who has set one", () => {
  const environment = { INFERENCE_KEY: "the-operators-own", INFERENCE_HOST: "0.0.0.0" };
  expect(madeInferenceKey(environment, null)).toBeNull();
  expect(madeInferenceKey(environment, "inference")).toBeNull();
});

it("is not made for a part that only this machine reaches", () => {
  expect(madeInferenceKey({}, "inference")).toBeNull();
  expect(madeInferenceKey({ INFERENCE_HOST: "0.0.0.0" }, "media-server")).toBeNull();
});

it("is made for inference that others reach", () => {
  expect(madeInferenceKey({ INFERENCE_HOST: "0.0.0.0" }, "inference")).not.toBeNull();
  expect(madeInferenceKey({ NATS_URL: "nats://10.0.0.2:4222" }, "inference")).not.toBeNull();
});
