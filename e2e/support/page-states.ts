import { expect, type Page } from "@playwright/test";
import { RoomPage } from "./room-page";

/** Pages of developers, which have no state but themselves. */
const stillPages = [
  "/examples/",
  "/examples/talk.html",
  "/examples/widget.html",
  "/embed/",
  "/docs/api",
];

/**
 * Leads a page through the states that people meet, from the lobby into a room and back to its door,
 * and shows each while nothing moves but the agent.
 *
 * @param look called in each state, with its name
 */
export async function visitStates(
  page: Page,
  look: (state: string) => Promise<void>,
): Promise<void> {
  await visitPages(page, look);
  const link = await visitRoom(page, look);
  await new RoomPage(page).button("Leave").click();
  await page.getByRole("heading", { name: "Recent rooms" }).waitFor();
  await look("lobby, with a recent room");
  await page.goto(link);
  await new RoomPage(page).button("Join").waitFor();
  await look("door");
}

async function visitPages(page: Page, look: (state: string) => Promise<void>): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "New room" }).waitFor();
  await look("lobby");
  await page.getByText("Set up room and agent").click();
  await look("lobby, room set up");
  await page.goto("/nowhere");
  await page.getByRole("heading", { name: "Nothing here" }).waitFor();
  await look("wrong address");
  await page.goto("/r/unknown");
  await page.getByRole("heading", { name: "There is no such room" }).waitFor();
  await look("unknown room");
  for (const path of stillPages) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(path);
  }
  await page.goto("/models");
  await page.getByRole("heading", { level: 2 }).first().waitFor();
  await look("models");
}

/** @returns the room's link */
async function visitRoom(page: Page, look: (state: string) => Promise<void>): Promise<string> {
  const room = new RoomPage(page);
  await room.createAndJoin("Axel");
  const link = page.url();
  // While it changes, a button's looks are of neither state.
  const isSilent = () =>
    expect(room.button("Interrupt")).toHaveAttribute("aria-disabled", "true", { timeout: 20_000 });
  await expect(room.finalLines("Parley").first()).toBeVisible({ timeout: 20_000 });
  await isSilent();
  await look("room, at the start");
  await room.type("What is one plus two?");
  await expect(room.finalLines("Parley").last()).toContainText(/three/i, { timeout: 20_000 });
  await isSilent();
  await look("room, with a transcript");
  await room.type("Tell me a long story.");
  await room.expectState("speaking");
  await look("room, the agent speaks");
  await room.button("Interrupt").click();
  await isSilent();
  await look("room, the agent was interrupted");
  await room.button("Mute").click();
  await look("room, muted");
  for (const name of ["Share", "Sound", "Keep the transcript"]) {
    await room.button(name).click();
    await page.getByRole("dialog").waitFor();
    await look(`dialog: ${name}`);
    await page.keyboard.press("Escape");
  }
  return link;
}
