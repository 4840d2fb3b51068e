import type { Line } from "@parley/client";

/** An element of embed/index.html. */
function element<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`the page has no ${type.name} "${id}"`);
}

/** Parts of the page in the frame. */
export const view = {
  agent: element("agent", HTMLHeadingElement),
  status: element("status", HTMLParagraphElement),
  mark: element("mark", HTMLSpanElement),
  minimise: element("minimise", HTMLButtonElement),
  start: element("start", HTMLButtonElement),
  controls: element("controls", HTMLElement),
  say: element("say", HTMLFormElement),
  text: element("text", HTMLInputElement),
  mute: element("mute", HTMLButtonElement),
  end: element("end", HTMLButtonElement),
};

const lines = element("lines", HTMLDivElement);
const empty = element("empty", HTMLParagraphElement);
const entries = element("entries", HTMLOListElement);
/** Distance from the end, in px, within which new lines scroll into view. */
const nearEnd = 48;

export function showStatus(text: string, isProblem = false): void {
  if (view.status.textContent !== text) view.status.textContent = text;
  view.status.classList.toggle("problem", isProblem);
}

export function showMuted(isMuted: boolean): void {
  view.mute.setAttribute("aria-pressed", String(isMuted));
  const label = view.mute.querySelector("span");
  if (label !== null) label.textContent = isMuted ? "Muted" : "Mute";
}

/** @param level 0 to 1 */
export function showLevel(level: number): void {
  view.mark.style.setProperty("--level", level.toFixed(2));
}

/** Adds a line, or shows its newer version in its place. */
export function showLine(line: Line): void {
  const isAtEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < nearEnd;
  const known = findLine(line.id);
  const item = lineItem(line);
  // A final line is a new element, so that screen readers read each line once.
  if (known === undefined) entries.append(item);
  else known.replaceWith(item);
  empty.hidden = true;
  if (isAtEnd) lines.scrollTop = lines.scrollHeight;
}

export function removeLine(id: string): void {
  findLine(id)?.remove();
}

export function removeLines(): void {
  entries.replaceChildren();
  empty.hidden = false;
}

function findLine(id: string): HTMLElement | undefined {
  return [...entries.querySelectorAll("li")].find((item) => item.dataset.id === id);
}

function lineItem({ id, name, text, isFinal, isAgent, isInterrupted }: Line): HTMLLIElement {
  const item = document.createElement("li");
  item.dataset.id = id;
  item.dataset.final = String(isFinal);
  item.classList.toggle("agent", isAgent);
  if (!isFinal) item.setAttribute("aria-live", "off");
  const speaker = document.createElement("span");
  speaker.textContent = name;
  const words = document.createElement("p");
  words.textContent = isInterrupted ? `${text} —` : text;
  item.append(speaker, words);
  return item;
}
