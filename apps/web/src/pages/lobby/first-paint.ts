import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { MemoryRouter } from "react-router";
import { PageShell } from "../../components/page-shell";
import { LobbyLayout } from "./lobby-layout";

/**
 * The lobby's frame as HTML, for index.html: over a slow network it stands there a second and more
 * before the scripts have come. React replaces it by the same elements. Every address gets the same
 * index.html, so public/boot.js says whether this is the lobby, and styles.css hides it elsewhere.
 */
export function firstPaint(): string {
  const shell = createElement(PageShell, null, createElement(LobbyLayout));
  const lobby = createElement(MemoryRouter, null, shell);
  return `<div data-first-paint>${renderToStaticMarkup(lobby)}</div>`;
}
