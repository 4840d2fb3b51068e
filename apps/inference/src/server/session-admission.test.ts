import { describe, expect, it } from "vitest";
import { SessionAdmission } from "./session-admission";

const full = expect.objectContaining({ code: "at-capacity", isRetryable: true }) as Error;

describe("SessionAdmission", () => {
  it("admits as many rooms as the operator allows", () => {
    const admission = new SessionAdmission({ maxSessions: 2, speakers: () => undefined });
    const first = admission.admit(1);
    admission.admit(30);
    expect(() => admission.admit(1)).toThrow(full);
    first.release();
    first.release();
    admission.admit(1);
    expect(admission).toMatchObject({ capacity: 2, load: 1 });
  });

  it("admits as many people as the device was measured to follow", () => {
    const admission = new SessionAdmission({ maxSessions: 64, speakers: () => 4 });
    const room = admission.admit(3);
    expect(admission).toMatchObject({ capacity: 4, load: 0.75 });
    expect(() => admission.admit(2)).toThrow(full);
    room.setPeople(2);
    admission.admit(2);
    expect(admission.load).toBe(1);
  });

  it("admits a large room to an idle worker, and people who join later", () => {
    const admission = new SessionAdmission({ maxSessions: 64, speakers: () => 4 });
    const room = admission.admit(6);
    room.setPeople(8);
    expect(admission.load).toBe(2);
    expect(() => admission.admit(1)).toThrow(full);
  });

  it("admits nobody while it drains", () => {
    const admission = new SessionAdmission({ maxSessions: 64, speakers: () => 4 });
    admission.drain();
    expect(() => admission.admit(1)).toThrow(
      expect.objectContaining({ code: "agent-unavailable", isRetryable: true }) as Error,
    );
  });
});
