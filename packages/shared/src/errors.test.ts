import { expect, it } from "vitest";
import { z } from "zod";
import { AppError, fromWireError, toWireError } from "./errors";

it("carries code, message and retryability over a wire", () => {
  const error = new AppError("room-full", "32 members are in", { isRetryable: true });
  expect(fromWireError(toWireError(error))).toMatchObject({
    code: "room-full",
    message: "32 members are in",
    isRetryable: true,
  });
});

it("names the offending field of a failed parse", () => {
  const result = z.object({ name: z.string() }).safeParse({ name: 7 });
  const wire = toWireError(result.error);
  expect(wire.code).toBe("invalid-request");
  expect(wire.message).toContain("name");
});

it("keeps the text of unknown errors to itself", () => {
  expect(toWireError(new Error("password is hunter2"))).toEqual({
    code: "internal",
    message: "Something failed on the server.",
    isRetryable: true,
  });
});
