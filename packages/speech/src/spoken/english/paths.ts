import { rewrite } from "../rewrite";

const absolute =
  /(?<![\p{L}\p{N}./])(?<start>~|\.{1,2})?\/(?<rest>[\w.-]{1,60}(?:\/[\w.-]{1,60}){0,20})\/?(?![\p{L}\p{N}])/gu;
const relative =
  /(?<![\p{L}\p{N}/.])[\w-]{1,60}(?:\/[\w-]{1,60}){0,20}\/[\w-]{1,60}\.[a-z]{1,5}(?![\p{L}\p{N}])/gu;

/** Paths of files: "/etc/hosts" as "slash etc slash hosts". */
export function pathWords(text: string): string {
  const spoken = rewrite(text, absolute, ({ start, rest = "" }) => {
    if (!/\p{L}/u.test(rest)) return null;
    const from = start === "~" ? "tilde slash " : start === undefined ? "slash " : "";
    const end = /\.{1,60}$/u.exec(rest)?.[0] ?? "";
    return from + rest.slice(0, rest.length - end.length).replaceAll("/", " slash ") + end;
  });
  return rewrite(spoken, relative, (_, path) => path.replaceAll("/", " slash "));
}
