import { z } from "zod";
import type { Tool } from "../../contracts/tool";
import { defineTool } from "../define-tool";
import { fetchPage, type PageRules } from "./fetch-page";
import { pageText } from "./page-text";

/** People wait no longer for a page. */
const timeoutMs = 10_000;

/** Text of a page. @param hosts the names that the rules allow, for the model */
export function readPage(rules: PageRules, hosts: readonly string[]): Tool {
  return defineTool({
    name: "read_page",
    title: "Web page",
    description: `Reads the text of a web page by its address. Allowed are pages of ${hosts.join(", ")}.`,
    effect: "reads",
    timeoutMs,
    parameters: z.object({ address: z.string().trim().min(1).max(2_000) }),
    run: async ({ address }, { signal }) => {
      const page = await fetchPage(address, rules, signal);
      return `${page.address}\n\n${pageText(page)}`;
    },
  });
}
