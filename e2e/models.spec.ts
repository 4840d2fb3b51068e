import { type Page } from "@playwright/test";
import { launchBrowser } from "./support/browser";
import { testPort } from "./support/port";
import { expect, test } from "./support/test";

const browsers: { close: () => Promise<void> }[] = [];

test.afterEach(async () => {
  await Promise.all(browsers.splice(0).map((browser) => browser.close()));
});

type Look = { width: number; colorScheme: "light" | "dark" };

async function openPage({ width, colorScheme }: Look): Promise<Page> {
  const browser = await launchBrowser(null);
  browsers.push(browser);
  const context = await browser.newContext({
    baseURL: `http://localhost:${testPort}`,
    viewport: { width, height: 760 },
    colorScheme,
  });
  return context.newPage();
}

async function openModels(look: Look): Promise<Page> {
  const page = await openPage(look);
  await page.goto("/");
  await page.getByRole("link", { name: /^(Models|Set up better ones)$/ }).click();
  await expect(page.getByRole("heading", { name: "Models", exact: true })).toBeVisible();
  return page;
}

test("the page lists the models; the built-in ear is in use, as a demonstration", async () => {
  const page = await openModels({ width: 1280, colorScheme: "light" });
  const hearing = page.getByRole("region", { name: "Hearing" });
  const active = hearing.getByRole("listitem").filter({ hasText: "In use" });
  await expect(active).toHaveCount(1);
  await expect(active).toContainText("Demonstration");
  await expect(active).toContainText("Comes with Parley");
  await expect(active.getByRole("button")).toHaveCount(0);
  const recommended = hearing.getByRole("listitem").filter({ hasText: "Recommended" });
  await expect(recommended).toHaveCount(1);
  // By the cores and the memory of the machine.
  await expect(recommended).toContainText(/Nemotron Speech|Parakeet Realtime/);
  await expect(recommended.getByRole("combobox")).toHaveCount(1);
  await expect(hearing.getByText("Parley hears with its demonstration ear")).toBeVisible();
  await hearing.getByRole("button", { name: /^Show \d+ more$/ }).click();
  await expect.poll(() => hearing.getByRole("listitem").count()).toBeGreaterThan(6);
});

test("a link of its own opens it", async () => {
  const page = await openPage({ width: 1280, colorScheme: "light" });
  await page.goto("/models");
  await expect(page.getByRole("region", { name: "Hearing" })).toBeVisible();
  await expect(page).toHaveTitle("Models · Parley");
});

test("each section says what is in use", async () => {
  const page = await openModels({ width: 1280, colorScheme: "dark" });
  for (const name of ["Hearing", "Speaking", "Thinking", "Taking turns"]) {
    const used = page
      .getByRole("region", { name })
      .getByRole("listitem")
      .filter({ hasText: "In use" });
    await expect(used, name).toHaveCount(1);
  }
});

test("the lobby and the terminal's address say what hears, thinks and speaks", async () => {
  const page = await openPage({ width: 1280, colorScheme: "light" });
  await page.goto("/");
  const strip = page.getByRole("region", { name: "What hears, thinks and speaks here" });
  await expect(strip).toContainText("Hears with");
  await expect(strip).toContainText("thinks with the built-in script, speaks with Flite");
  const guest = await page.request.get("/api/house", {
    headers: { "x-forwarded-for": "192.0.2.7" },
  });
  expect(await guest.json()).toMatchObject({ isOperator: false, better: null });
});

test("every button is reached by keyboard, and says which model it is about", async () => {
  const page = await openModels({ width: 1280, colorScheme: "dark" });
  const buttons = page.getByRole("main").getByRole("button");
  await expect(buttons).not.toHaveCount(0);
  const names = await buttons.allInnerTexts();
  expect(new Set(names).size).toBe(names.length);
  await page.getByRole("button", { name: /^Theme/ }).focus();
  const reached: string[] = [];
  // Links and lists lie between the buttons.
  for (let presses = 0; presses < 4 * names.length; presses++) {
    await page.keyboard.press("Tab");
    const focused = page.locator("main button:focus");
    if ((await focused.count()) === 1) reached.push(await focused.innerText());
  }
  expect(reached.slice(0, names.length)).toEqual(names);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`a narrow phone shows it whole, ${colorScheme}`, async () => {
    const page = await openModels({ width: 360, colorScheme });
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect(page.getByRole("region", { name: "Hearing" })).toBeVisible();
    await expect.poll(overflow).toBeLessThanOrEqual(0);
    const button = page.getByRole("main").getByRole("button").first();
    await button.scrollIntoViewIfNeeded();
    await expect(button).toBeInViewport({ ratio: 1 });
  });
}

test("who comes through a proxy needs the key", async ({ request }) => {
  const forwarded = { "x-forwarded-for": "192.0.2.7" };
  const refused = await request.get("/api/models", { headers: forwarded });
  expect(refused.status()).toBe(401);
  const foreign = await request.post("/api/models/builtin/use", {
    headers: { origin: "https://elsewhere.example" },
  });
  expect(foreign.status()).toBe(400);
  expect((await request.get("/api/models")).status()).toBe(200);
});
