import { expect, type Locator, type Page } from "@playwright/test";

/** The page as a person sees it: everything is found by its accessible name. */
export class RoomPage {
  readonly transcript: Locator;
  readonly agent: Locator;

  constructor(readonly page: Page) {
    this.transcript = page.getByRole("log", { name: "Transcript" });
    this.agent = page.getByRole("status", { name: "Agent" });
  }

  /** Makes a room from the lobby and enters it. */
  async createAndJoin(name: string, address = ""): Promise<void> {
    await this.page.goto(`${address}/`);
    await this.page.getByRole("textbox", { name: "Your name" }).fill(name);
    await this.page.getByRole("button", { name: "New room" }).click();
    await this.page.waitForURL(/\/r\/[\w-]{22}$/);
    await this.#expectIn();
  }

  /** Opens a room's link and enters it. */
  async openAndJoin(path: string, name: string): Promise<void> {
    await this.page.goto(path);
    await this.join(name);
  }

  async join(name: string): Promise<void> {
    await this.button("Join").waitFor();
    const box = this.page.getByRole("textbox", { name: "Your name" });
    if (await box.isVisible()) await box.fill(name);
    await this.page.getByRole("button", { name: "Join" }).click();
    await this.#expectIn();
  }

  async #expectIn(): Promise<void> {
    await expect(this.agent).toContainText(/listening|thinking|speaking/, { timeout: 20_000 });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async type(text: string): Promise<void> {
    const box = this.page.getByRole("textbox", { name: "Message" });
    await box.fill(text);
    await box.press("Enter");
  }

  /** Settled lines of one speaker, oldest first. */
  finalLines(speaker: string): Locator {
    return this.transcript
      .locator('[role="listitem"][data-final="true"], li[data-final="true"]')
      .filter({ has: this.page.getByText(speaker, { exact: true }) });
  }

  /** The words of one line, without name, time and marks. */
  async words(line: Locator): Promise<string> {
    const text = await line.locator("p").innerText();
    return text.replace(/\s*— cut short$/, "").trim();
  }

  /**
   * Everything that a speaker has said, as one text: whether somebody who pauses in a sentence
   * takes one turn or two is not for every test to know.
   *
   * @param from how many of the speaker's lines to leave out
   */
  async wordsOf(speaker: string, from = 0): Promise<string> {
    const lines = (await this.finalLines(speaker).all()).slice(from);
    return (await Promise.all(lines.map((line) => this.words(line)))).join(" ");
  }

  async expectState(state: "listening" | "thinking" | "speaking", timeout = 15_000): Promise<void> {
    await expect(this.agent).toContainText(state, { timeout });
  }
}
