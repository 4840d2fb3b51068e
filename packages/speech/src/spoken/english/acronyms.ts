import { rewrite } from "../rewrite";

const list = (words: string) => new Set(words.split(" "));

/** Acronyms spoken as words. */
const wordAcronyms = list(
  "NASA NATO UNESCO UNICEF OPEC ASEAN NAFTA LASER RADAR SCUBA AIDS SARS COVID SWAT NOAA FIFA FEMA " +
    "JPEG RAM ROM LAN WAN SIM PIN GIF RAID BIOS CUDA DOS NAND VRAM DRAM GUI LIDAR YAML SAML CRUD " +
    "REST SOAP MIDI SQUID IKEA LEGO VISA CAPTCHA PIN ZIP NIMBY YOLO FOMO OPEX CAPEX CES ASCII SIEM",
);
/** Acronyms that are always spelled, also those with vowels that could be words. */
const letterAcronyms = list(
  "IEEE ACLU NAACP AARP ASAP IOS UEFA USDA OECD OAUTH USSR UNHCR UTC HTTPS IMEI SAAS IAAS ISBN EULA " +
    "FAQ AWS API URL USB URI UI UX CIA EPA FDA IRS CEO CFO CTO COO EU UK US UN UAE USA AI AM IQ EV IT IP " +
    "ID OS PC TV DVD CD ATM GPU CPU ETA ETF IPO SSO IDE IOT EKG MRI PHD NYPD LAPD IUPAC MIT UCLA AOL IMDB",
);
/** Short words that are written in capitals for stress. */
const shortWords = list(
  "A I AN AS AT BE BY DO GO HE IF IN IS ME MY NO OF ON OR SO TO UP WE ALL AND ANY ARE BAD BIG BUT CAN " +
    "DAY DID END FAR FEW FOR GET GOT HAD HAS HER HIM HIS HOT HOW ITS JOB LET LOT MAN MAY NEW NOT NOW OFF OLD " +
    "ONE OUR OUT OWN PUT RUN SAY SEE SET SHE THE TOO TOP TRY TWO USE WAS WAY WHO WHY WIN YES YET YOU ADD RED " +
    "MAX MIN LOW HEY WOW OH AH HA BOO ACT ASK BUY CUT EAT HIT KEY OMG BIT",
);
const replaced: Readonly<Record<string, string>> = {
  OK: "okay",
  JSON: "Jason",
  SQL: "sequel",
  TODO: "to do",
  GUI: "gooey",
  YAML: "yammel",
  ASCII: "askey",
  SAAS: "sass",
  JPEG: "jay peg",
  JPG: "jay peg",
  WYSIWYG: "whizzy wig",
};

const shouted =
  /(?<![\p{L}\p{N}_])\p{Lu}[\p{Lu}'’]{0,30}(?:[ ,.!?:;-]{1,3}\p{Lu}[\p{Lu}'’]{0,30}){1,60}(?![\p{L}\p{N}_])/gu;
const mixedCase: Readonly<Record<string, string>> = {
  iOS: "i O S",
  macOS: "mac O S",
  OAuth: "O auth",
  GitHub: "Git Hub",
  YouTube: "You Tube",
  SaaS: "sass",
  IoT: "I O T",
  PhD: "P H D",
  WiFi: "Wi-Fi",
  LaTeX: "lay tek",
  eBay: "e bay",
  MySQL: "my sequel",
  PostgreSQL: "post gres",
  NoSQL: "no sequel",
  SQLite: "sequel lite",
};
const mixedNames = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${Object.keys(mixedCase).join("|")})(?![\p{L}\p{N}])`,
  "gu",
);
const capitals =
  /(?:(?<start>(?<=^|[.!?]\s))|)(?<![\p{L}\p{N}_])(?<word>\p{Lu}{2,30})(?<plural>'?s)?(?![\p{L}\p{N}_]|'\p{Lu})/gu;

/**
 * Words in capitals: NASA is spoken as a word, USB is spelled "U S B", STOP is stressed. Stressed
 * words lose their capitals, or a voice would spell them.
 */
export function acronymWords(text: string): string {
  let spoken = rewrite(text, mixedNames, (_, name) => mixedCase[name] ?? null);
  spoken = rewrite(spoken, shouted, (_, run) => (isShouted(run) ? lowered(run) : null));
  return rewrite(spoken, capitals, ({ start, word = "", plural = "" }) => {
    if (replaced[word] !== undefined) return replaced[word] + plural;
    if (wordAcronyms.has(word)) return word + plural;
    if (!isSpelled(word)) {
      const first = start === undefined ? word.charAt(0).toLowerCase() : word.charAt(0);
      return first + word.slice(1).toLowerCase() + plural;
    }
    return Array.from(word).join(" ") + (plural === "" ? "" : "'s");
  });
}

/** Initials around an ampersand are spelled: "AT&T", "Q&A", "R&D". */
export function initialPairs(text: string): string {
  return text.replace(
    /(?<![\p{L}\p{N}&])(\p{Lu}{1,3})&(\p{Lu}{1,3})(?![\p{L}\p{N}&])/gu,
    (_, one: string, other: string) =>
      `${Array.from(one).join(" ")} and ${Array.from(other).join(" ")}`,
  );
}

function isSpelled(word: string): boolean {
  if (letterAcronyms.has(word)) return true;
  if (shortWords.has(word)) return false;
  if (word.length <= 3) return true;
  return word.length <= 6 && !/[AEIOUY]/u.test(word);
}

/** Whether a passage is all in capitals: adjacent acronyms are not, common words are. */
function isShouted(run: string): boolean {
  const words = run.match(/[\p{Lu}'’]{1,31}/gu) ?? [];
  const loud = words.filter((word) => {
    const isCommon = word.length > 1 && (shortWords.has(word) || !isSpelled(word));
    return (isCommon && !wordAcronyms.has(word)) || /['’]/u.test(word);
  });
  return loud.length >= 2 || (loud.length === 1 && words.length <= 2 && !words.some(isAcronym));
}

function isAcronym(word: string): boolean {
  return wordAcronyms.has(word) || letterAcronyms.has(word) || isSpelled(word);
}

function lowered(run: string): string {
  const lower = run.replace(/[\p{Lu}'’]{1,31}/gu, (word) => {
    if (word === "I" || word.startsWith("I'")) return `I${word.slice(1).toLowerCase()}`;
    const isKept = word.length > 2 && (wordAcronyms.has(word) || letterAcronyms.has(word));
    return isKept ? word : word.toLowerCase();
  });
  // A sentence still begins with a capital.
  return lower.replace(/(?<=[.!?] )\p{Ll}|^\p{Ll}/gu, (letter) => letter.toUpperCase());
}
