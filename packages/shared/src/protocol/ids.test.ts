import { expect, it } from "vitest";
import { newId, roomIdSchema, type RoomId } from "./ids";

it("creates unique ids that match the schema", () => {
  const ids = Array.from({ length: 1_000 }, () => newId<RoomId>());
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(roomIdSchema.parse(id)).toBe(id);
});

it.each(["", "short", "x".repeat(23), "../../etc/passwd00000", `${"x".repeat(21)}/`])(
  "refuses %j",
  (id) => {
    expect(roomIdSchema.safeParse(id).success).toBe(false);
  },
);
