import type { Plugin, Rolldown } from "vite";

/** Module whose chunk shows a room, and is loaded only there. */
const roomPage = "/pages/room/room-page.tsx";

/**
 * Names the scripts that a room needs beyond the page's own in index.html, for public/boot.js, which
 * asks for them at once where the address is a room's.
 */
export function roomScripts(): Plugin {
  return {
    name: "room-scripts",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle, chunk }) {
        if (bundle === undefined || chunk === undefined) return html;
        const page = Object.values(bundle).find(isRoomPage);
        // Pages of others' frames show no rooms.
        if (page === undefined || !chunk.dynamicImports.includes(page.fileName)) return html;
        const known = new Set([chunk.fileName, ...chunk.imports]);
        const files = [page.fileName, ...page.imports].filter((file) => !known.has(file));
        const content = files.map((file) => `/${file}`).join(" ");
        return [
          {
            tag: "meta",
            attrs: { name: "room-scripts", content },
            injectTo: "head-prepend" as const,
          },
        ];
      },
    },
  };
}

function isRoomPage(output: Rolldown.OutputBundle[string]): output is Rolldown.OutputChunk {
  return output.type === "chunk" && output.facadeModuleId?.endsWith(roomPage) === true;
}
