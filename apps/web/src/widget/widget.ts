import { buttonIcon, sheet } from "./widget-look";
import { frameAddress, readAttributes } from "./widget-attributes";

/**
 * `widget.js`: a talk button on any page.
 *
 * ```html
 * <script src="https://talk.example.org/widget.js" data-agent="Robin" defer></script>
 * ```
 *
 * The conversation is a page of Parley's in a frame: the page around it hears nothing of it. The frame
 * is made by the first click, and goes with the end of the conversation.
 */
const script = document.currentScript;
if (script instanceof HTMLScriptElement) addTalkButton(script);

function addTalkButton(script: HTMLScriptElement): void {
  const attributes = readAttributes(script.dataset);
  const server = new URL(script.src).origin;

  const host = document.createElement("div");
  host.dataset.parley = "";
  const root = host.attachShadow({ mode: "open" });
  // Not a style element, which the page's own policy may forbid.
  root.adoptedStyleSheets = [sheet()];

  const button = document.createElement("button");
  button.type = "button";
  button.innerHTML = buttonIcon;
  const label = document.createElement("span");
  label.textContent = attributes.label;
  button.append(label);

  const panel = document.createElement("section");
  panel.id = "panel";
  panel.hidden = true;
  panel.setAttribute("aria-label", attributes.label);
  button.setAttribute("aria-controls", panel.id);

  const container = document.createElement("div");
  container.className = ["parley", attributes.side, attributes.theme].join(" ");
  container.append(panel, button);
  root.append(container);

  let frame: HTMLIFrameElement | null = null;

  const show = (isShown: boolean) => {
    panel.hidden = !isShown;
    button.setAttribute("aria-expanded", String(isShown));
    container.classList.toggle("talking", frame !== null);
  };

  const open = async () => {
    show(true);
    if (frame !== null) {
      frame.focus();
      return;
    }
    const isAllowed = await mayEmbed(server);
    if (panel.hidden || panel.childElementCount > 0) return;
    if (!isAllowed) {
      panel.replaceChildren(refusal(server));
      return;
    }
    frame = document.createElement("iframe");
    frame.src = frameAddress(server, attributes);
    frame.title = attributes.label;
    frame.allow = "microphone; autoplay";
    panel.replaceChildren(frame);
    show(true);
    frame.focus();
  };

  const end = () => {
    frame = null;
    panel.replaceChildren();
    show(false);
    button.focus();
  };

  button.addEventListener("click", () => {
    if (panel.hidden) void open();
    else if (frame === null) end();
    else show(false);
  });
  root.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && event.key === "Escape" && !panel.hidden) {
      show(false);
      button.focus();
    }
  });
  addEventListener("message", ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== frame?.contentWindow || origin !== server) return;
    const told = property(data, "parley");
    if (told === "ended") end();
    if (told === "hide") {
      show(false);
      button.focus();
    }
  });

  show(false);
  const add = () => {
    document.body.append(host);
  };
  // Without `defer` there may be no body yet.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", add);
  else add();
}

/**
 * Asks the server whether this page may show the conversation: the browser would refuse the frame
 * without a word to anybody. A server that gives no answer is left to the frame to tell of.
 */
async function mayEmbed(server: string): Promise<boolean> {
  try {
    const answer = await fetch(`${server}/api/embed`);
    const access: unknown = await answer.json();
    return property(access, "isAllowed") !== false;
  } catch {
    return true;
  }
}

function property(value: unknown, name: string): unknown {
  return value instanceof Object ? Reflect.get(value, name) : undefined;
}

function refusal(server: string): HTMLElement {
  const note = document.createElement("div");
  note.className = "refusal";
  note.setAttribute("role", "alert");
  const title = document.createElement("strong");
  title.textContent = "This page may not use this talk button yet.";
  const advice = document.createElement("p");
  advice.textContent = `Whoever runs ${new URL(server).host} can allow it there, with the setting`;
  const setting = document.createElement("code");
  setting.textContent = `EMBED_ORIGINS=${location.origin}`;
  note.append(title, advice, setting);
  return note;
}
