import { signPattern, unitSigns, unitWords } from "../units";

/** Units that `Intl` does not name: their singular, and their plural if irregular. */
const otherUnits: Readonly<Record<string, readonly [one: string, many?: string]>> = {
  "m²": ["square meter"],
  m2: ["square meter"],
  "m^2": ["square meter"],
  "m³": ["cubic meter"],
  m3: ["cubic meter"],
  "km²": ["square kilometer"],
  "cm²": ["square centimeter"],
  "cm³": ["cubic centimeter"],
  "ft²": ["square foot", "square feet"],
  "sq ft": ["square foot", "square feet"],
  nm: ["nanometer"],
  µm: ["micrometer"],
  mg: ["milligram"],
  µg: ["microgram"],
  mcg: ["microgram"],
  dl: ["deciliter"],
  cl: ["centiliter"],
  KiB: ["kibibyte"],
  MiB: ["mebibyte"],
  GiB: ["gibibyte"],
  TiB: ["tebibyte"],
  Hz: ["hertz", "hertz"],
  kHz: ["kilohertz", "kilohertz"],
  MHz: ["megahertz", "megahertz"],
  GHz: ["gigahertz", "gigahertz"],
  W: ["watt"],
  kW: ["kilowatt"],
  MW: ["megawatt"],
  GW: ["gigawatt"],
  Wh: ["watt hour"],
  kWh: ["kilowatt hour"],
  V: ["volt"],
  mV: ["millivolt"],
  mA: ["milliamp"],
  mAh: ["milliamp hour"],
  Ω: ["ohm"],
  kΩ: ["kilohm"],
  hPa: ["hectopascal"],
  kPa: ["kilopascal"],
  psi: ["pound per square inch", "pounds per square inch"],
  rpm: ["revolution per minute", "revolutions per minute"],
  fps: ["frame per second", "frames per second"],
  dB: ["decibel"],
  kcal: ["kilocalorie"],
  cal: ["calorie"],
  kJ: ["kilojoule"],
  px: ["pixel"],
  tbsp: ["tablespoon"],
  tsp: ["teaspoon"],
  "‰": ["per mille", "per mille"],
};
/** Alternation of all signs of units, for use in a pattern. */
export const unitPattern = signPattern([...unitSigns, ...Object.keys(otherUnits)]);

/** @returns the unit's name for a count: "kilometers per hour", "feet" */
export function unitName(sign: string, count: number): string {
  const other = otherUnits[sign];
  if (other === undefined) return unitWords(sign, count, "en-US") ?? sign;
  const [one, many = `${one}s`] = other;
  return count === 1 || count === -1 ? one : many;
}
