import { chromium, type Page } from "@playwright/test";
import { launchBrowser } from "./support/browser";
import { RoomPage } from "./support/room-page";
import { expect, test } from "./support/test";

/** How far the page sticks out to the side, in px. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** How much of the page is below the window, in px. */
async function tooHigh(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
}

test("a refused microphone has its own message, and the room works without one", async ({
  baseURL,
}) => {
  const executablePath = process.env.PARLEY_CHROMIUM;
  // Without the fake permission prompt a headless browser refuses by itself.
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ["--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream"],
  });
  try {
    const page = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
    const room = new RoomPage(page);
    await room.createAndJoin("Pia");
    await expect(page.getByText(/microphone is blocked/i).first()).toBeVisible();
    await room.type("What is three plus four?");
    await expect(room.finalLines("Parley").last()).toContainText(/seven/i, { timeout: 20_000 });
  } finally {
    await browser.close();
  }
});

test("everything can be done by keyboard", async ({ talker }) => {
  const { page, agent } = await talker();
  const room = new RoomPage(page);
  await page.goto("/");
  await page.getByRole("textbox", { name: "Your name" }).focus();
  await page.keyboard.type("Kay");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/r\/[\w-]{22}$/);
  await expect(agent).toContainText(/listening|speaking/, { timeout: 20_000 });

  await page.keyboard.press("m");
  await expect(room.button("Unmute")).toBeVisible();
  await page.keyboard.press("m");
  await expect(room.button("Mute")).toBeVisible();

  await room.button("Share").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toContainText(/link/i);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  // Typing the letter m is not muting; the page has dealt with a letter once the box shows it.
  const box = page.getByRole("textbox", { name: "Message" });
  await box.focus();
  await page.keyboard.type("mmm");
  await expect(box).toHaveValue("mmm");
  await expect(room.button("Mute")).toBeVisible();

  await room.button("Leave").focus();
  await page.keyboard.press("Enter");
  await expect(agent).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a narrow phone shows lobby and room whole, ${colorScheme}`, async ({ baseURL }) => {
    const browser = await launchBrowser(null);
    try {
      const context = await browser.newContext({
        baseURL: baseURL ?? "",
        viewport: { width: 360, height: 740 },
        hasTouch: true,
        colorScheme,
      });
      const page = await context.newPage();
      await page.goto("/");
      await expect(page.getByRole("button", { name: "New room" })).toBeVisible();
      await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
      const room = new RoomPage(page);
      await room.createAndJoin("Moe");
      await room.type("What is one plus two?");
      await expect(room.finalLines("Parley").last()).toContainText(/three/i, { timeout: 20_000 });
      await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
      for (const name of ["Mute", "Interrupt", "Leave", "Share"]) {
        await expect(room.button(name)).toBeInViewport({ ratio: 1 });
      }
      await expect(page.getByRole("textbox", { name: "Message" })).toBeInViewport({ ratio: 1 });
    } finally {
      await browser.close();
    }
  });
}

test("a joined room is whole on windows of every height, without scrolling", async ({ talker }) => {
  const { page } = await talker();
  const room = new RoomPage(page);
  await room.createAndJoin("Moe");
  await expect(room.finalLines("Parley").last()).toBeVisible({ timeout: 20_000 });
  for (const height of [900, 720, 640, 560, 540, 400]) {
    await page.setViewportSize({ width: 1_280, height });
    await expect.poll(() => tooHigh(page), { message: `${height} px` }).toBeLessThanOrEqual(0);
    await expect(page.getByRole("textbox", { name: "Message" })).toBeInViewport({ ratio: 1 });
    await expect(room.button("Leave")).toBeInViewport({ ratio: 1 });
  }
});

test("the lobby's form is in sight on a phone held sideways", async ({ talker }) => {
  const { page } = await talker();
  await page.setViewportSize({ width: 844, height: 390 });
  await page.goto("/");
  await expect(page.getByRole("textbox", { name: "Your name" })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("button", { name: "New room" })).toBeInViewport({ ratio: 1 });
});

test("a room's link asks at once, and once, for all that its door needs", async ({ talker }) => {
  const { page } = await talker();
  const room = new RoomPage(page);
  await room.createAndJoin("Moe");
  const link = page.url();
  const asked: string[] = [];
  const stranger = await page.context().newPage();
  stranger.on("request", (request) => asked.push(new URL(request.url()).pathname));
  let atFirstScript: string[] | null = null;
  // The page's own script is held until everything else was asked for.
  await stranger.route(/\/assets\/index-.*\.js$/, async (route) => {
    await expect.poll(() => asked).toContainEqual(expect.stringMatching(/^\/api\/rooms\//));
    atFirstScript = [...asked];
    await route.continue();
  });
  await stranger.goto(link);
  await new RoomPage(stranger).button("Join").waitFor();
  expect(atFirstScript).toContainEqual(expect.stringMatching(/\/room-page-.*\.js$/));
  const twice = asked.filter((path, at) => asked.indexOf(path) !== at);
  expect(twice).toEqual([]);
});
