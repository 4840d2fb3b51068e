import { newId, type RoomId } from "@parley/shared/protocol/ids";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, describe, expect, it } from "vitest";
import { ConversationScript, type ScriptOptions } from "../testing/conversation-script";
import { callThenSay, setOf } from "../testing/held-tool";
import { Timers } from "./tools/timers";
import { TimersByRoom } from "./tools/timers-by-room";
import { timerTools } from "../tools/timers/timer-tools";

const scripts: ConversationScript[] = [];
afterEach(() => {
  for (const script of scripts.splice(0)) script.session.close();
});

function converse(options: ScriptOptions): ConversationScript {
  const script = new ConversationScript(options);
  scripts.push(script);
  return script;
}

describe("a timer", () => {
  const withTimer = (options: Partial<ScriptOptions> = {}) =>
    converse({
      toolSets: [setOf(...timerTools("UTC"))],
      answer: (question, request) =>
        question.includes("tea")
          ? callThenSay(
              request,
              { name: "set_timer", input: { seconds: 20, label: "the tea" } },
              () => "All right.",
            )
          : ["Very well."],
      ...options,
    });

  async function setIt(script: ConversationScript) {
    await script.says("Remind me of the tea?");
    await script.until("reply-end");
    expect(script.replies).toEqual(["All right."]);
  }

  it("is spoken of when it is due", async () => {
    const script = withTimer();
    await setIt(script);
    await script.until("reply-end", 2, 30_000);
    expect(script.replies).toEqual(["All right.", "Your timer is up: the tea."]);
    await script.says("Thank you for that");
    await script.until("reply-end", 3);
    expect(script.lastRequest.join()).toContain("Your timer is up: the tea.");
  });

  it("waits until nobody speaks", async () => {
    const script = withTimer({ answers: "when-addressed", members: ["Ada", "Ben"] });
    await script.says("Parley, remind me of the tea?");
    await script.until("reply-end");
    await script.passes(16_000);
    // Twelve seconds without a pause.
    await script.says(Array<string>(60).fill("word").join(" "), "Ben");
    expect(script.replies).toEqual(["All right."]);
    await script.until("reply-end", 2);
    expect(script.replies[1]).toBe("Your timer is up: the tea.");
  });

  it("comes back when somebody asked something before it was heard", async () => {
    const script = withTimer();
    await setIt(script);
    const setAtMs = script.clock.now();
    await script.passes(17_000);
    script.begins("What about the weather?");
    await script.until("reply-end", 3, 40_000);
    expect(script.clock.now() - setAtMs).toBeLessThan(45_000);
    expect(script.replies.slice(1).toSorted()).toEqual([
      "Very well.",
      "Your timer is up: the tea.",
    ]);
  });

  it("waits for somebody to come back", async () => {
    const script = withTimer();
    await setIt(script);
    const memberId = script.memberId();
    script.session.accept({ type: "member-left", memberId });
    await script.clock.advance(60_000);
    expect(script.replies).toHaveLength(1);
    script.session.accept({ type: "member-joined", memberId, name: "Ada" });
    await script.until("reply-end", 2);
    expect(script.replies[1]).toBe("Your timer is up: the tea.");
  });

  it("outlives a session: the next one of the room speaks of it, also when it is overdue", async () => {
    for (const awayMs of [1_000, 60_000]) {
      const clock = new FakeClock();
      const timers = new Timers(clock);
      const script = withTimer({ clock, timers });
      await setIt(script);
      const { length } = script.notices;
      script.session.close();
      await clock.advance(awayMs);
      expect(script.notices).toHaveLength(length);
      const next = withTimer({ clock, timers });
      await next.until("reply-end", 1, 30_000);
      expect(next.replies).toEqual(["Your timer is up: the tea."]);
    }
  });
});

describe("timers of rooms", () => {
  const [kitchen, garden] = [newId<RoomId>(), newId<RoomId>()];
  const timer = { kind: "timer", label: "", dueAtMs: 2_000_000 } as const;

  it("are kept room by room, and end with the server", async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const rooms = new TimersByRoom(clock, controller.signal);
    rooms.of(kitchen).set(timer);
    expect(rooms.of(garden).list()).toEqual([]);
    const kept = rooms.of(kitchen);
    expect(kept.list()).toHaveLength(1);
    const due: number[] = [];
    kept.attach(({ id }) => due.push(id));
    controller.abort();
    await clock.advance(5_000_000);
    expect(due).toEqual([]);
  });

  it("are bounded in number", () => {
    const rooms = new TimersByRoom(new FakeClock(), new AbortController().signal);
    rooms.of(kitchen).set(timer);
    for (let count = 0; count < 1_000; count++) rooms.of(newId<RoomId>()).set(timer);
    expect(rooms.of(kitchen).list()).toEqual([]);
  });
});
