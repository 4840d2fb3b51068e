import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { joinRoom } from "../../testing/join-room";
import { agentId, sampleEntry, sampleToolEntry } from "@parley/client/testing/room-samples";
import { captionOf } from "./caption";

const log = () => screen.getByRole("log", { name: "Transcript" });

describe("a use of a tool", () => {
  it("is one line for everybody, and unfolds to what was asked and answered", async () => {
    await joinRoom({ entries: [sampleToolEntry("use")] });
    const [item] = within(log()).getAllByRole("listitem");
    expect(item?.querySelector("summary")?.textContent).toContain(
      "Parley used a tool: Calculator1.8 m to inch",
    );
    expect(item?.getAttribute("aria-live")).toBe("off");
    const details = item?.querySelector("details");
    expect(details?.open).toBe(false);
    await userEvent.click(within(log()).getByText("Calculator"));
    expect(details?.open).toBe(true);
    expect(within(log()).getByText("70.8661417323 inch").tagName).toBe("DD");
  });

  it("says whether it works, failed or was stopped", async () => {
    await joinRoom({
      entries: [
        sampleToolEntry("a", { state: "running", result: "" }),
        sampleToolEntry("b", { state: "failed", result: "No such unit." }),
        sampleToolEntry("c", { state: "cancelled", result: "" }),
      ],
    });
    const summaries = [...log().querySelectorAll("summary")].map(({ textContent }) => textContent);
    expect(summaries.map((text) => /(?:working…|failed|stopped)$/u.exec(text)?.[0])).toEqual([
      "working…",
      "failed",
      "stopped",
    ]);
  });

  it("shows output as text, whatever is in it", async () => {
    const result = "<b>bold</b> [link](https://example.org) https://example.org";
    await joinRoom({ entries: [sampleToolEntry("use", { result })] });
    expect(within(log()).getByText(result)).toBeTruthy();
    expect(within(log()).queryByRole("link")).toBeNull();
  });

  it("leaves the agent's name above its words, and is no caption", async () => {
    const reply = sampleEntry("r", { kind: "reply", memberId: agentId, name: "Parley" });
    const entries = [sampleToolEntry("use"), reply];
    await joinRoom({ entries });
    const name = within(log())
      .getAllByText("Parley")
      .find(({ parentElement }) => !parentElement?.classList.contains("sr-only"));
    expect(name).toBeTruthy();
    expect(captionOf([reply, sampleToolEntry("use", { state: "running" })])?.entryId).toBe(
      reply.entryId,
    );
  });
});
