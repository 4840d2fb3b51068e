/** Licences by the hub's identifier, as their authors write them. */
const titles: Readonly<Record<string, string>> = {
  "apache-2.0": "Apache-2.0",
  "bsd-2-clause": "BSD-2-Clause",
  "bsd-3-clause": "BSD-3-Clause",
  "cc-by-4.0": "CC-BY-4.0",
  "cc-by-nc-4.0": "CC-BY-NC-4.0",
  mit: "MIT",
  "nvidia-nemotron-open-model-license": "NVIDIA Nemotron Open Model License",
  "nvidia-open-model-license": "NVIDIA Open Model License",
  "openmdw-1.1": "OpenMDW-1.1",
};

/** A licence's name for people; an identifier that is not known here stays as it is. */
export function licenceTitle(identifier: string): string {
  return titles[identifier.toLowerCase()] ?? identifier;
}
