import { AgentSound } from "./support/agent-sound";
import { serveForeignPage } from "./support/foreign-page";
import { embeddingPort } from "./support/port";
import { expect, test } from "./support/test";

test("the example in plain HTML hears a question and answers it aloud", async ({ talker }) => {
  const room = await talker();
  const { page } = room;
  await page.goto("/examples/");
  await page.getByRole("link", { name: "Talk", exact: true }).click();
  await page.getByRole("textbox", { name: "Your name" }).fill("Sharon");
  await room.button("Start talking").click();
  const lines = room.transcript.locator("li");
  const answers = room.transcript.locator("li.agent:not(.guess)");
  const status = page.getByRole("status");
  await expect(answers.first()).toContainText("What would you like to know?", { timeout: 30_000 });
  await expect(status).toHaveText("The agent is listening.", { timeout: 20_000 });

  // The browser's gain control gets used to a voice first.
  await room.say("my name is sharon and i live in brazil", "rms");
  await expect(lines.filter({ hasText: "Sharon" }).first()).toContainText(/name|live/i);
  await expect(answers).not.toHaveCount(1, { timeout: 30_000 });
  await expect(status).toHaveText("The agent is listening.", { timeout: 20_000 });
  const sound = await AgentSound.fromNow(page);
  await room.say("what is four times eleven", "rms");
  await expect(answers.last()).toContainText(/forty[- ]four|44/i, { timeout: 30_000 });
  await sound.expectVoice(1_000);

  await room.type("What is twelve plus seven?");
  await expect(answers.last()).toContainText(/nineteen|19/i, { timeout: 30_000 });
  await room.button("Mute").click();
  await expect(room.button("Unmute")).toHaveAttribute("aria-pressed", "true");
  await room.button("Leave").click();
  await expect(status).toHaveText("You have left.");
  await expect(room.button("Start talking")).toBeVisible();
});

test("ten lines on a page of another origin join a room, where that is allowed", async ({
  talker,
  baseURL,
}) => {
  const server = baseURL ?? "";
  const body = `<button>Go</button><pre role="log"></pre><script type="module">
    import { createRoom, joinRoom } from "${server}/client/parley-client.js";
    const log = document.querySelector("pre");
    document.querySelector("button").onclick = async () => {
      try {
        const { roomId } = await createRoom({ server: "${server}" });
        const room = joinRoom({ server: "${server}", roomId, name: "Ann" });
        room.on("line", ({ name, text, isFinal }) => isFinal && (log.textContent += name + ": " + text + "\\n"));
        await room.joined;
        room.say("What is twelve plus seven?");
      } catch (error) {
        log.textContent = error.code;
      }
    };
  </script>`;
  const pages = [
    await serveForeignPage(embeddingPort, body),
    await serveForeignPage(embeddingPort + 1, body),
  ] as const;
  try {
    const [allowed, refused] = pages;
    const { page } = await talker();
    const button = page.getByRole("button", { name: "Go" });
    await page.goto(allowed.origin);
    await button.click();
    await expect(page.getByRole("log")).toContainText(/Ann: .*\n(.*\n)*.*nineteen/i, {
      timeout: 40_000,
    });
    await page.goto(refused.origin);
    await button.click();
    // The browser keeps the server's answer from the page.
    await expect(page.getByRole("log")).toHaveText("server-unreachable");
  } finally {
    await Promise.all(pages.map((page) => page.close()));
  }
});
