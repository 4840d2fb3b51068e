/** What the conversation tells the talk button around it. */
export type EmbedMessage = { parley: "ended" | "hide" };

/** True where the page is shown in a frame. */
export const isFramed = window.parent !== window;

/** Tells the page around the frame; says nothing of the conversation, since any page may listen. */
export function tellSurroundingPage(parley: EmbedMessage["parley"]): void {
  const message: EmbedMessage = { parley };
  if (isFramed) window.parent.postMessage(message, "*");
}
