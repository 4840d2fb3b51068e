import { AppError } from "@parley/shared/errors";
import { expect, it } from "vitest";
import { startFailureCode, unusableSettings } from "./exit-code";

it("tells what another start would not mend from what it might", () => {
  expect(startFailureCode(new AppError("not-found", "no such model"))).toBe(unusableSettings);
  expect(startFailureCode(new AppError("invalid-request", "PORT=eighty"))).toBe(unusableSettings);
  expect(startFailureCode(new AppError("timeout", "the voice's machine"))).toBe(1);
  const later = new AppError("not-found", "not yet there", { isRetryable: true });
  expect(startFailureCode(later)).toBe(1);
  expect(startFailureCode(new Error("EADDRINUSE"))).toBe(1);
});
