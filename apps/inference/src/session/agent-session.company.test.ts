import { describe, expect, it } from "vitest";
import type { ListedAnswer } from "../testing/listed-chat-model";
import { ConversationScript, type ScriptOptions } from "../testing/conversation-script";

const members = ["Ada", "Kim"];

/** Wait after a question, and what it takes to begin. */
const atOnceMs = 300;

function company(options: ScriptOptions = {}) {
  return new ConversationScript({ members, ...options });
}

/** Milliseconds from now until the agent begins to answer; null if it does not within 4 s. */
async function untilAnswer(script: ConversationScript): Promise<number | null> {
  const count = script.all("reply-start").length;
  const fromMs = script.clock.now();
  for (let waited = 0; waited < 4_000; waited += 20) {
    if (script.all("reply-start").length > count) return script.clock.now() - fromMs;
    await script.passes(20);
  }
  return null;
}

describe("with several people the agent", () => {
  it("answers at once who says its name", async () => {
    const script = company();
    await script.says("parley what time is it");
    expect(await untilAnswer(script)).toBeLessThanOrEqual(atOnceMs);
  });

  it("leaves a question to everybody to others for a while", async () => {
    const script = company();
    await script.says("what time is it");
    await script.passes(1_000);
    // It is ready, and nobody sees it think.
    expect(script.chatModel.requests).toHaveLength(1);
    expect(script.all("agent-state").at(-1)?.state).toBe("listening");
    const waitedMs = await untilAnswer(script);
    expect(waitedMs).toBeGreaterThanOrEqual(400);
    expect(waitedMs).toBeLessThanOrEqual(600);
    expect(script.session.speculation).toEqual({ made: 1, paid: 1, late: 0 });
  });

  it("leaves it altogether when another person answers", async () => {
    const script = company();
    await script.says("what time is it");
    await script.passes(700);
    await script.says("it is five o'clock", "Kim");
    expect(await untilAnswer(script)).toBeNull();
    await script.says("parley what day is it");
    await script.until("reply-end");
    const asked = script.chatModel.requests.at(-1)?.messages.slice(1);
    expect(asked?.map(({ content, addressee }) => [content, addressee])).toEqual([
      ["what time is it", "others"],
      ["it is five o'clock", "others"],
      ["parley what day is it", undefined],
    ]);
  });

  it("waits no longer for a cough than for silence", async () => {
    const script = company();
    await script.says("what time is it");
    await script.passes(800);
    await script.coughs(200, "Kim");
    const waitedMs = await untilAnswer(script);
    expect(waitedMs).toBeGreaterThan(600);
    expect(waitedMs).toBeLessThanOrEqual(1_600);
  });

  it.each([
    [["Ada: kim did you bring the keys", "Kim: yes they are in my bag"]],
    [["Ada: kim shall we go to lunch", "Kim: sure give me five minutes", "Ada: i will wait"]],
    [["Ada: kim can you close the door", "Kim: of course"]],
    [["Ada: kim i think the printer is broken", "Kim: which one is it", "Ada: the old one"]],
    [["Ada: i like this room", "Kim: me too"]],
  ])("leaves people to each other: %j", async (lines) => {
    const script = company();
    for (const line of lines) {
      const [name, text] = line.split(": ") as [string, string];
      await script.says(text, name);
      await script.passes(600);
    }
    await script.passes(4_000);
    expect(script.finals).toEqual(lines.map((line) => line.split(": ")[1]));
    expect(script.all("reply-start")).toEqual([]);
    expect(script.chatModel.requests).toEqual([]);
  });

  it("never answers for the person who was asked, however long that takes", async () => {
    const script = company();
    await script.says("kim what time is it");
    expect(await untilAnswer(script)).toBeNull();
  });

  it("hears the answer to its own question", async () => {
    const script = company({
      answer: (line) => [line.startsWith("parley") ? "Shall I tell you a story?" : "Very well."],
    });
    await script.says("parley i am bored");
    await script.until("reply-end");
    await script.passes(1_000);
    await script.says("the blue one", "Kim");
    await script.until("reply-end", 2);
    expect(script.replies).toEqual(["Shall I tell you a story?", "Very well."]);
  });

  it("goes on with its story over what people say to each other, and stops for who stops it", async () => {
    const answer: ListedAnswer = () => ["Once upon a time there was a robot. ".repeat(8)];
    const script = company({ answer });
    await script.says("parley tell me a story");
    await script.until("reply-spoken");
    await script.says("kim can you close the door");
    await script.passes(600);
    await script.says("of course", "Kim");
    await script.passes(1_000);
    expect(script.all("reply-cancel")).toEqual([]);
    expect(script.finals).toHaveLength(3);
    await script.says("parley be quiet", "Kim");
    expect(script.all("reply-cancel")).toHaveLength(1);
  });

  it("has both in the prompt when two ask at once", async () => {
    const script = company();
    script.begins("what time is it in boston", "Ada");
    await script.passes(100);
    await script.says("what is seven plus five", "Kim");
    await script.until("reply-end");
    expect(script.lastRequest.toSorted()).toEqual([
      "Ada: what time is it in boston",
      "Kim: what is seven plus five",
    ]);
    expect(script.all("reply-start")).toHaveLength(1);
  });

  it("may choose silence, which is neither spoken nor shown", async () => {
    const script = company({ answer: () => ["(sil", "ence)"] });
    await script.says("did you see that");
    await script.passes(4_000);
    expect(script.chatModel.requests).toHaveLength(1);
    expect(script.chatModel.requests[0]?.messages[0]?.content).toContain("(silence)");
    expect(script.all("reply-start")).toEqual([]);
    expect(script.synthesizer.clauses).toEqual([]);
    expect(script.all("agent-state").at(-1)?.state).toBe("listening");
  });

  it("treats typed lines alike", async () => {
    const script = company();
    await script.types("Kim, did you bring the keys?");
    expect(await untilAnswer(script)).toBeNull();
    await script.types("What time is it?");
    expect(await untilAnswer(script)).toBeGreaterThanOrEqual(1_400);
    await script.until("reply-end");
    await script.types("Parley, thank you.");
    expect(script.all("reply-start")).toHaveLength(2);
  });

  it("answers everything where the room wants it", async () => {
    const script = company({ answers: "always" });
    await script.says("kim did you bring the keys");
    expect(await untilAnswer(script)).toBeLessThanOrEqual(atOnceMs);
  });
});

describe("somebody alone", () => {
  it("is always answered, also once the others have left", async () => {
    const script = company();
    script.session.accept({ type: "member-left", memberId: script.memberId("Kim") });
    await script.says("kim did you bring the keys");
    expect(await untilAnswer(script)).not.toBeNull();
  });

  it("hears a sentence in place of silence", async () => {
    const script = new ConversationScript({ answer: () => ["(silence)"] });
    await script.says("what time is it");
    await script.until("reply-end");
    expect(script.replies).toEqual(["I have no answer to that. Please put it another way."]);
    expect(script.chatModel.requests[0]?.messages[0]?.content).not.toContain("(silence)");
  });
});
