import { serveForeignPage, type ForeignPage } from "./support/foreign-page";
import { embeddingPort, testPort } from "./support/port";
import { expect, test } from "./support/test";

const body = `<h1>A shop</h1>
  <script src="http://localhost:${testPort}/widget.js" data-agent="Robin"
    data-greeting="Good day to you!" data-name="Guest"></script>`;

let allowed: ForeignPage;
let refused: ForeignPage;

test.beforeAll(async () => {
  // A site that forbids styles but its own: the button brings no style element.
  const strict = { "content-security-policy": "style-src 'self'" };
  allowed = await serveForeignPage(embeddingPort, body, strict);
  refused = await serveForeignPage(embeddingPort + 1, body);
});

test.afterAll(async () => {
  await Promise.all([allowed.close(), refused.close()]);
});

test("one script element puts a conversation on a page of another origin", async ({ talker }) => {
  const { page } = await talker();
  await page.goto(allowed.origin);
  const button = page.getByRole("button", { name: "Talk to Robin" });
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(button).toHaveAttribute("aria-expanded", "true");

  const frame = page.frameLocator("iframe[title='Talk to Robin']");
  const transcript = frame.getByRole("log", { name: "Transcript" });
  await expect(frame.getByRole("heading", { name: "Robin" })).toBeVisible();
  await expect(transcript).toContainText("Good day to you!", { timeout: 30_000 });
  await frame.getByRole("textbox", { name: "Message" }).fill("What is twelve plus seven?");
  await page.keyboard.press("Enter");
  await expect(transcript).toContainText(/nineteen/i, { timeout: 30_000 });
  await expect(transcript.locator("li").filter({ hasText: "Guest" })).toHaveCount(1);

  const mute = frame.getByRole("button", { name: "Mute" });
  await mute.click();
  await expect(frame.getByRole("button", { name: "Muted" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );

  // Hidden with the keyboard, the conversation goes on; its end takes the frame away.
  await page.keyboard.press("Escape");
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await expect(button).toBeFocused();
  await button.click();
  await expect(transcript).toContainText(/nineteen/i);
  await frame.getByRole("button", { name: "End", exact: true }).click();
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("a page that may not embed it is told so, and how to change that", async ({ talker }) => {
  const { page } = await talker();
  await page.goto(refused.origin);
  await page.getByRole("button", { name: "Talk to Robin" }).click();
  await expect(page.getByRole("alert")).toContainText(`EMBED_ORIGINS=${refused.origin}`);
  await expect(page.locator("iframe")).toHaveCount(0);

  // The browser itself refuses the frame, whatever the script would say.
  await page.evaluate((address) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    document.body.append(frame);
  }, `http://localhost:${testPort}/embed/`);
  await expect
    .poll(() => page.frames().map((frame) => frame.url()))
    .toEqual([expect.stringContaining(refused.origin), "chrome-error://chromewebdata/"]);
});
