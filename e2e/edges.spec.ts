import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

test("who comes back to an idle room finds the agent there", async ({ talker }) => {
  const room = await talker();
  await room.createAndGreet("Noa");
  const address = room.page.url();
  const greetings = await room.finalLines("Parley").count();
  await room.button("Leave").click();
  await expect(room.page.getByRole("button", { name: "New room" })).toBeVisible();

  // The agent comes in between the snapshot and the data channel, and has no reason to say anything.
  await room.openAndJoin(address, "Noa");
  await expect(room.page.getByText("The agent is away")).toHaveCount(0);
  await room.expectState("listening");
  await expect(room.finalLines("Parley")).toHaveCount(greetings);
});

test("a transcript longer than the window moves nothing else", async ({ talker }) => {
  const room = await talker();
  await room.page.setViewportSize({ width: 390, height: 700 });
  await room.createAndJoin("Ola");
  const lines = Array.from({ length: 6 }, (_, number) => `Line ${number} of a list that goes on`);
  for (const line of lines) await room.type(line);
  await expect(room.finalLines("Ola")).toHaveCount(lines.length);
  await expect
    .poll(() => room.transcript.evaluate((log) => log.scrollHeight - log.clientHeight))
    .toBeGreaterThan(100);
  await expect.poll(() => lowestScroll(room.page)).toBe(0);
  await expect(room.page.getByRole("heading", { level: 1 })).toBeInViewport();

  // What was said before is found by its words, and the page stays where it is.
  await room.button("Search the transcript").click();
  await room.page.getByRole("searchbox", { name: "Search the transcript" }).fill("line 0");
  // The agent may have said it after her: from the latest place it goes on to the first.
  await room.button("Next place").click();
  await expect(room.page.getByText(/^1 of \d$/)).toBeVisible();
  await expect(room.transcript.getByText(lines[0] ?? "", { exact: true })).toBeInViewport();
  await expect.poll(() => lowestScroll(room.page)).toBe(0);
});

test("media that a firewall swallows is called that, and what to open", async ({ talker }) => {
  const room = await talker();
  await swallowMedia(room.page);
  await room.page.goto("/");
  await room.page.getByRole("textbox", { name: "Your name" }).fill("Pia");
  await room.page.getByRole("button", { name: "New room" }).click();
  const heading = room.page.getByRole("heading", { name: "No sound path to the server" });
  await expect(heading).toBeVisible({ timeout: 40_000 });
  await expect(room.page.getByText(/no sound gets through to .*UDP port \d+/)).toBeVisible();
});

/** How far down the page itself can be scrolled, in pixels; it is scrolled up again. */
async function lowestScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    window.scrollTo(0, document.documentElement.scrollHeight);
    const { scrollY } = window;
    window.scrollTo(0, 0);
    return scrollY;
  });
}

/** Sends all media of the page to a port at which nothing answers, as a firewall that drops it. */
async function swallowMedia(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const discard = 9;
    const Original = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Original {
      override setRemoteDescription = ({ type, sdp }: RTCSessionDescriptionInit): Promise<void> =>
        super.setRemoteDescription({
          type,
          sdp: (sdp ?? "").replace(/^(a=candidate:\S+ \d+ \S+ \d+ \S+) \d+/gm, `$1 ${discard}`),
        });
    };
  });
}
