import type { Access } from "../operation";
import {
  openApiDocument,
  type ApiInformation,
  type Json,
  type JsonObject,
} from "../openapi-document";
import type { Route } from "../route-collector";
import { style } from "./api-page-style";
import { escapeHtml, withCode } from "./html";
import { isObject, schemaHtml, typeOf } from "./schema-html";

const admitted: Record<Access, string> = {
  everyone: "",
  operator: "For the operator: this machine, or the bearer of <code>OPERATOR_KEY</code>.",
  peer: "For the other server: this machine, or the bearer of <code>INFERENCE_KEY</code>.",
  collector: "For collectors: this machine, or the bearer of <code>METRICS_KEY</code>.",
};

/** A page to read, in one file without scripts, from the same document as `/openapi.json`. */
export function apiPage(routes: readonly Route[], information: ApiInformation): string {
  const { title, version, description, groups } = information;
  const { paths } = openApiDocument(routes, information);
  const sections = Object.entries(groups).map(([group, about]) => {
    const operations = routes
      .filter(({ operation }) => operation.described.group === group)
      .map((route) => operationHtml(route, paths));
    return `<section id="${escapeHtml(group)}"><h2>${escapeHtml(group)}</h2><p>${withCode(about)}</p>${operations.join("")}</section>`;
  });
  const links = Object.keys(groups).map(
    (group) => `<a href="#${escapeHtml(group)}">${escapeHtml(group)}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${withCode(description)}</p>
<p class="facts">Version ${escapeHtml(version)}. For programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<nav aria-label="Groups">${links.join(" ")}</nav>
</header>
<main>${sections.join("")}</main>
</body>
</html>
`;
}

function operationHtml({ method, operation }: Route, paths: Json | undefined): string {
  const { id, summary, description, access } = operation.described;
  const found = findOperation(paths, id);
  if (found === null) return "";
  const { path, object } = found;
  const parts = [
    description === undefined ? "" : `<p>${withCode(description)}</p>`,
    access === "everyone" ? "" : `<p class="access">${admitted[access]}</p>`,
    parametersHtml(object.parameters),
    isObject(object.requestBody) ? `<h4>Body</h4>${contentHtml(object.requestBody.content)}` : "",
    `<h4>Answers</h4>${answersHtml(object.responses)}`,
  ];
  const verb = method.toLowerCase();
  return `<details id="${escapeHtml(id)}"><summary><span class="verb ${escapeHtml(verb)}">${escapeHtml(method)}</span> <code>${escapeHtml(path)}</code> <span class="summary">${withCode(summary)}</span></summary><div class="operation">${parts.join("")}</div></details>`;
}

function findOperation(
  paths: Json | undefined,
  id: string,
): { path: string; object: JsonObject } | null {
  if (!isObject(paths)) return null;
  for (const [path, operations] of Object.entries(paths)) {
    if (!isObject(operations)) continue;
    for (const object of Object.values(operations)) {
      if (isObject(object) && object.operationId === id) return { path, object };
    }
  }
  return null;
}

function parametersHtml(parameters: Json | undefined): string {
  if (!Array.isArray(parameters)) return "";
  const rows = (parameters as readonly Json[]).filter(isObject).map((parameter) => {
    const { name, in: place, description, schema } = parameter;
    const type = isObject(schema) ? typeOf(schema) : "";
    const meaning = typeof description === "string" ? `<p>${withCode(description)}</p>` : "";
    return `<li><code>${escapeHtml(textOf(name))}</code> <span class="type">in the ${escapeHtml(textOf(place))}, ${escapeHtml(type)}</span>${meaning}</li>`;
  });
  return `<h4>Parameters</h4><ul class="schema">${rows.join("")}</ul>`;
}

function answersHtml(answers: Json | undefined): string {
  if (!isObject(answers)) return "";
  const rows = Object.entries(answers).map(([status, answer]) => {
    const { description, content } = isObject(answer) ? answer : {};
    // Refusals have the same body everywhere, which docs and the document itself describe.
    const body = Number(status) >= 400 ? "" : contentHtml(content);
    return `<li><span class="status">${escapeHtml(status)}</span> ${withCode(textOf(description))}${body}</li>`;
  });
  return `<ul class="answers">${rows.join("")}</ul>`;
}

function contentHtml(content: Json | undefined): string {
  if (!isObject(content)) return "";
  return Object.entries(content)
    .map(([mediaType, form]) => {
      const schema = isObject(form) ? form.schema : undefined;
      const body = isObject(schema) ? schemaHtml(schema) : "";
      return `<p class="media">${escapeHtml(mediaType)}</p>${body}`;
    })
    .join("");
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
