import { ComposeRun } from "./compose-run";
import { answers, until } from "./until";

/** The default services, announced at both families' addresses, and a question by somebody without IPv4. */
export async function tryIpv6(): Promise<void> {
  const run = await ComposeRun.start([], {
    INFERENCE_KEY: "the-key-of-both-servers",
    ANNOUNCED_ADDRESS: "192.0.2.1,2001:db8::1",
    RECOGNIZER_MODEL: "builtin",
  });
  try {
    const { machine, guest } = run;
    await until("the page is ready", () => answers(`http://${machine.address}:7860/ready`));
    guest.forgetIpv4();
    const page = `http://[${machine.address6}]:7860`;
    // Browsers give a microphone to no address without HTTPS.
    const trusted = `--unsafely-treat-insecure-origin-as-secure=${page}`;
    await run.on(guest, "e2e/images/spoken-question.ts", [page, trusted]);
  } finally {
    await run.close();
  }
}
