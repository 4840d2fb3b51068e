import { ComposeRun } from "./compose-run";
import { answers, until } from "./until";

const inferenceKey = "the-key-of-both-servers";

/**
 * Starts the default services with a profile that has a chat server, set as docs/containers.md says, and
 * asks who answers.
 */
export async function tryChatServer(
  profile: "llamacpp" | "vllm",
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const run = await ComposeRun.start([profile], {
    INFERENCE_KEY: inferenceKey,
    LLM_BASE_URL: `http://${profile}:8000/v1`,
    RECOGNIZER_MODEL: "builtin",
    ...variables,
  });
  try {
    const page = `http://${run.addressOf("machine")}:7860/ready`;
    await until("the page is ready", () => answers(page));
    const program = profile === "vllm" ? "vllm" : "llama-server";
    const question = ["http://localhost:7860", "Who are you?", `I am ${program}.`];
    await run.onMachine("e2e/profiles/typed-question.command.ts", question);
  } finally {
    await run.close();
  }
}
