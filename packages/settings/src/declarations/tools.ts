import { passedOn } from "../container-rules";
import { setting, type Settings } from "../setting";
import { list, onOrOff, path } from "../value-kinds";

/** What agents can do besides talking. */
export const tools = {
  TOOLS: setting({
    meaning:
      "the sets of tools that rooms may give their agents, separated by commas: `time`, `timers`, `calculator`, `transcript`, `pages`, names of `MCP_SERVERS`; `none` for none",
    value: list,
    unset: "all that there are",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  PAGE_HOSTS: setting({
    meaning:
      "hosts whose pages agents may read, separated by commas, such as `en.wikipedia.org,*.example.org`; `*` for any of the public network",
    value: list,
    unset: "none: agents read no pages",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
  PAGE_PRIVATE_ADDRESSES: setting({
    meaning:
      "whether such a host may lie on this machine or in its own network; whoever opens a room can then read its pages",
    value: onOrOff,
    default: "false",
    readBy: ["inference"],
    onlyWith: "PAGE_HOSTS",
    containers: { inference: passedOn },
  }),
  MCP_SERVERS: setting({
    meaning:
      "a JSON file of servers of the Model Context Protocol whose tools agents may use, see [Tools](tools.md)",
    value: path,
    unset: "none",
    readBy: ["inference"],
    containers: { inference: passedOn },
  }),
} satisfies Settings;
