import { describe, expect, it } from "vitest";
import { ConversationScript } from "../testing/conversation-script";

describe("several people", () => {
  const members = ["Ada", "Ben"];

  it("are heard by name", async () => {
    const script = new ConversationScript({ members });
    await script.says("what time is it", "Ben");
    await script.until("reply-end");
    expect(script.lastRequest).toEqual(["Ben: what time is it"]);
    expect(script.all("transcript-final")[0]?.memberId).toBe(script.memberId("Ben"));
  });

  it("are not spoken over: one answer when both are silent", async () => {
    const script = new ConversationScript({ members });
    script.begins("what time is it", "Ada");
    await script.passes(700);
    script.begins("and tell us what day it is today please", "Ben");
    await script.passes(1_400);
    expect(script.finals).toEqual(["what time is it"]);
    expect(script.all("reply-start")).toEqual([]);
    await script.until("reply-end");
    await script.passes(2_000);
    expect(script.all("reply-start")).toHaveLength(1);
    expect(script.lastRequest).toEqual([
      "Ada: what time is it",
      "Ben: and tell us what day it is today please",
    ]);
  });

  it("may all interrupt", async () => {
    const script = new ConversationScript({
      members,
      answer: () => ["A very long answer that goes on for quite a while."],
    });
    await script.says("tell me a story", "Ada");
    await script.until("reply-spoken");
    await script.says("what about me", "Ben");
    expect(script.all("reply-cancel")).toHaveLength(1);
  });

  it("wait for nobody whose microphone only makes noise", async () => {
    const script = new ConversationScript({ members });
    await script.coughs(200, "Ben");
    const coughing = script.coughs(6_000, "Ben");
    script.begins("what time is it", "Ada");
    await coughing;
    expect(script.all("reply-end")).toHaveLength(1);
  });

  it("may leave in the middle of a word, and the reply goes on", async () => {
    const script = new ConversationScript({
      members,
      answer: () => ["One two three four five six."],
    });
    await script.says("tell me a story", "Ada");
    await script.until("reply-spoken");
    await script.coughs(200, "Ben");
    expect(script.all("reply-duck")).toHaveLength(1);
    script.session.accept({ type: "member-left", memberId: script.memberId("Ben") });
    await script.until("reply-end");
    expect(script.replies).toEqual(["One two three four five six."]);
  });

  it("who all left hear nothing more", async () => {
    const script = new ConversationScript({ answer: () => ["One two three four five six."] });
    await script.says("tell me a story");
    await script.until("reply-spoken");
    script.session.accept({ type: "member-left", memberId: script.memberId() });
    expect(script.all("reply-cancel")).toHaveLength(1);
  });
});

describe("typed text", () => {
  const longAnswer = () => ["A long answer that takes a good while to say to people. ".repeat(4)];

  it("is answered at once, without a turn", async () => {
    const script = new ConversationScript();
    await script.types("what time is it");
    expect(script.all("reply-start")[0]?.turnId).toBeNull();
    await script.until("reply-end");
    expect(script.lastRequest).toEqual(["Ada: what time is it"]);
    expect(script.all("turn-timings")).toEqual([]);
  });

  it("interrupts a reply and is answered after it", async () => {
    const script = new ConversationScript({
      answer: (question) => [question === "never" ? "Fine." : "A long answer to a question."],
    });
    await script.says("tell me a story");
    await script.until("reply-spoken");
    await script.types("never");
    expect(script.all("reply-cancel")).toHaveLength(1);
    await script.until("reply-end", 2);
    expect(script.replies.at(-1)).toBe("Fine.");
  });

  it("that comes quickly gets one reply for all of it", async () => {
    const script = new ConversationScript({ answer: longAnswer });
    await script.types("one");
    for (const text of ["two", "three", "four"]) {
      await script.passes(300);
      await script.types(text);
    }
    expect(script.chatModel.requests).toHaveLength(1);
    await script.until("reply-end", 2);
    await script.passes(10_000);
    expect(script.chatModel.requests).toHaveLength(2);
    expect(script.lastRequest.at(-1)).toMatch(/two three four$/);
  });

  it("by a script does not drive the agent, which says so once", async () => {
    const script = new ConversationScript();
    for (let message = 0; message < 450; message++) {
      await script.types(`message ${message}`);
      await script.passes(200);
      if (message === 99) expect(script.chatModel.requests.length).toBeLessThanOrEqual(12);
    }
    // A minute and a half: the budget of two minutes at most.
    const { requests } = script.chatModel;
    expect(requests.length).toBeGreaterThanOrEqual(12);
    expect(requests.length).toBeLessThanOrEqual(24);
    const refusals = script.replies.filter((text) => text.includes("more than I can answer"));
    expect(refusals.length).toBeGreaterThanOrEqual(1);
    expect(refusals.length).toBeLessThanOrEqual(2);
    // Nothing is lost: what had no reply of its own is in the next prompt.
    await script.passes(60_000);
    await script.types("last");
    await script.until("reply-end", script.all("reply-end").length + 1);
    expect(script.lastRequest.at(-1)).toMatch(/message 449 last$/);
  });

  it("is not asked any more after the button for silence", async () => {
    const script = new ConversationScript({ answer: longAnswer });
    await script.types("one");
    await script.passes(300);
    await script.types("two");
    await script.interrupts();
    await script.passes(5_000);
    expect(script.chatModel.requests).toHaveLength(1);
  });

  it("waits for who is speaking", async () => {
    const script = new ConversationScript();
    script.begins("what is the capital of france");
    await script.passes(500);
    await script.types("and of spain");
    expect(script.all("reply-start")).toEqual([]);
    await script.until("reply-end");
    expect(script.all("reply-start")).toHaveLength(1);
  });
});

describe("the greeting", () => {
  it("is said to the first member", async () => {
    const script = new ConversationScript({ greeting: "Hello! I am listening." });
    await script.passes(400);
    expect(script.all("reply-start")).toEqual([]);
    await script.until("reply-end");
    expect(script.replies).toEqual(["Hello! I am listening."]);
    expect(script.chatModel.requests).toEqual([]);
    // Two sentences with a pause between them.
    const lastFrame = script.playout.frames.at(-1)!;
    const spokenMs = ("Hello!".length + "I am listening.".length) * 20;
    expect(lastFrame.stampMs + lastFrame.samples.length / 16).toBe(spokenMs + 250);
  });

  it("is left out when somebody speaks first", async () => {
    const script = new ConversationScript({ greeting: "Hello! I am listening." });
    await script.says("what time is it");
    await script.until("reply-end");
    expect(script.replies).toEqual(["Very well."]);
  });
});

describe("a closed session", () => {
  it("says nothing more and leaves nothing running", async () => {
    const script = new ConversationScript({ answer: () => ["One two three. Four five six."] });
    await script.says("tell me a story");
    await script.until("reply-spoken");
    script.session.close();
    const { length } = script.notices;
    await script.passes(7_000);
    expect(script.notices).toHaveLength(length);
    expect([script.chatModel.running, script.synthesizer.running]).toEqual([0, 0]);
  });
});
