import { describe, expect, it } from "vitest";
import { ConversationScript } from "../testing/conversation-script";

async function mumbles(script: ConversationScript, times: number, name = "Ada") {
  for (let time = 0; time < times; time++) await speaks(script, "TELL ME A STORM", name);
}

async function speaks(script: ConversationScript, text = "tell me a story", name = "Ada") {
  const { length } = script.finals;
  await script.says(text, name);
  await script.until("transcript-final", length + 1);
}

describe("who is misheard", () => {
  const members = ["Ada", "Ben"];
  const misheard = (script: ConversationScript) =>
    script.all("misheard-members").map(({ memberIds }) => memberIds);

  it("is said after three doubtful turns in a row, and taken back after two clear ones", async () => {
    const script = new ConversationScript({ members });
    await mumbles(script, 2);
    expect(misheard(script)).toEqual([]);
    await mumbles(script, 1);
    expect(misheard(script)).toEqual([[script.memberId("Ada")]]);
    await speaks(script);
    await mumbles(script, 1);
    await speaks(script);
    expect(misheard(script)).toHaveLength(1);
    await speaks(script);
    expect(misheard(script).at(-1)).toEqual([]);
  });

  it("is counted for each member apart", async () => {
    const script = new ConversationScript({ members });
    for (let time = 0; time < 3; time++) {
      await mumbles(script, 1, "Ben");
      await speaks(script, "tell me a story", "Ada");
    }
    expect(misheard(script)).toEqual([[script.memberId("Ben")]]);
    await mumbles(script, 3, "Ada");
    expect(misheard(script).at(-1)).toEqual([script.memberId("Ben"), script.memberId("Ada")]);
    script.session.accept({ type: "member-left", memberId: script.memberId("Ben") });
    expect(misheard(script).at(-1)).toEqual([script.memberId("Ada")]);
  });

  it("is also who speaks at length without a word being found, but not who coughs", async () => {
    const script = new ConversationScript({ members });
    for (let time = 0; time < 4; time++) {
      await script.coughs(300, "Ada");
      await script.coughs(1_200, "Ben");
      await script.passes(1_500);
    }
    expect(misheard(script)).toEqual([[script.memberId("Ben")]]);
  });

  it("goes by the recogniser's own scale", async () => {
    const script = new ConversationScript({ members, doubtfulBelow: 0.08 });
    await mumbles(script, 4);
    expect(misheard(script)).toEqual([]);
  });
});

describe("the chat model", () => {
  it("is told that somebody speaks before it is asked", async () => {
    const script = new ConversationScript({ members: ["Ada"] });
    await script.coughs(300, "Ada");
    await script.passes(1_500);
    expect(script.chatModel).toMatchObject({ prepared: 1, requests: [] });
    await speaks(script);
    expect(script.chatModel.prepared).toBe(2);
    expect(script.chatModel.requests).toHaveLength(1);
  });
});
