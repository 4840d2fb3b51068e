import { rewrite } from "./rewrite";

/** A language's words for the signs of an address. */
export type AddressWords = { dot: string; at: string };

const topLevels =
  "com|org|net|edu|gov|io|ai|dev|app|co|me|tv|info|biz|de|fr|es|it|uk|eu|ch|at|jp|cn|us|ca|au|nl|be|pl|se|no|br|in|xyz|tech|cloud|page|site|online";
const link =
  /(?<![a-z\d])(?:(?:https?|ftp|wss?):\/\/|mailto:|www\.)[^\s<>"'`[\]{}|\\^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。！？、；：）（」「]{1,2000}/giu;
const mail =
  /(?<![\p{L}\p{N}._%+-])(?<name>[\w.%+-]{1,64})@(?<host>[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8})/gu;
const domain = new RegExp(
  String.raw`(?<![\p{L}\p{N}@./_-])(?<host>(?:[a-z\d](?:[a-z\d-]{0,62})\.){1,5}(?:${topLevels}))(?<path>\/[^\s<>"')\]]{0,500})?(?![\p{L}\p{N}_-]|\.\p{L})`,
  "giu",
);

/**
 * Puts addresses in words: web pages by their host only, mail in full.
 *
 * @param words `null` keeps the signs
 */
export function spokenAddresses(text: string, words: AddressWords | null): string {
  let spoken = rewrite(text, link, (_, whole) => {
    const end = /[.,;:!?)*_~]{1,20}$/u.exec(whole)?.[0] ?? "";
    const address = whole.slice(0, whole.length - end.length);
    if (/^mailto:/iu.test(address)) return address.slice("mailto:".length) + end;
    return hostWords(address, words) + end.replace(/[)*_~]/gu, "");
  });
  if (words === null) return spoken;
  spoken = rewrite(spoken, mail, ({ name = "", host = "" }) => {
    const user = name.replaceAll("_", " underscore ").replaceAll(".", ` ${words.dot} `);
    return `${user.replaceAll("+", " plus ")} ${words.at} ${host.replaceAll(".", ` ${words.dot} `)}`;
  });
  return rewrite(spoken, domain, ({ host = "" }) => host.replaceAll(".", ` ${words.dot} `));
}

function hostWords(address: string, words: AddressWords | null): string {
  const host = address
    .replace(/^[a-z]{2,6}:\/\//iu, "")
    .replace(/^[^@/?#]{1,200}@/u, "")
    .replace(/[/?#:].*$/su, "")
    .replace(/^www\./iu, "");
  return words === null ? host : host.replaceAll(".", ` ${words.dot} `);
}
