import { thousands } from "./thousands";

const small = (
  "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince " +
  "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés " +
  "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
).split(" ");
const tens = "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(" ");
const hundreds = (
  "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos " +
  "ochocientos novecientos"
).split(" ");

/** @returns 1 121 as "mil ciento veintiuno"; a billón is a million millions */
export function spanishNumber(value: number): string {
  if (value === 0) return "cero";
  return longScale(value);
}

function longScale(value: number): string {
  const billions = Math.floor(value / 1e12);
  const millions = Math.floor((value % 1e12) / 1e6);
  const parts = [
    counted(billions, "un billón", "billones"),
    counted(millions, "un millón", "millones"),
    belowMillion(value % 1e6),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function counted(count: number, one: string, many: string): string {
  if (count === 0) return "";
  return count === 1 ? one : `${shortened(belowMillion(count))} ${many}`;
}

function belowMillion(value: number): string {
  const parts = thousands(value).map(({ group, power }) => {
    if (power === 0) return belowThousand(group);
    return group === 1 ? "mil" : `${shortened(belowThousand(group))} mil`;
  });
  return parts.join(" ");
}

/** Before a noun "uno" loses its end. */
function shortened(words: string): string {
  return words.replace(/veintiuno$/u, "veintiún").replace(/uno$/u, "un");
}

function belowThousand(value: number): string {
  if (value === 100) return "cien";
  if (value < 30) return small[value] ?? "";
  if (value < 100) {
    const ten = tens[Math.floor(value / 10)] ?? "";
    return value % 10 === 0 ? ten : `${ten} y ${small[value % 10] ?? ""}`;
  }
  const hundred = hundreds[Math.floor(value / 100)] ?? "";
  return value % 100 === 0 ? hundred : `${hundred} ${belowThousand(value % 100)}`;
}
