import { expect, it } from "vitest";
import { z } from "zod";
import { AppError, fromWireError, toWireError } from "./errors";

it("keeps code, message and retryability over a wire", () => {
  const error = new AppError("room-full", "32 members are in", { isRetryable: true });
  expect(fromWireError(toWireError(error))).toMatchObject({
    code: "room-full",
    message: "32 members are in",
    isRetryable: true,
  });
});

it("names the invalid field of a failed parse", () => {
  const result = z.object({ name: z.string() }).safeParse({ name: 7 });
  const wire = toWireError(result.error);
  expect(wire.code).toBe("invalid-request");
  expect(wire.message).toContain("name");
});

it("withholds the text of unknown errors", () => {
  expect(toWireError(new Error("password is hunter2"))).toEqual({
    code: "internal",
    message: "Something failed on the server.",
    isRetryable: true,
  });
});
