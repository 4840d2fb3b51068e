/**
 * Defaults that changed with NeMo 2.8, after models had been published. An archive that leaves them
 * open is dated by the version that wrote it (NeMo's `resolve_versioned_tokenizer_defaults`).
 */
export type VersionedDefaults = {
  readonly charsetVersion: 1 | 2;
  readonly punctuationVersion: 1 | 2;
  /** Of Brazilian Portuguese; that of other locales did not change. */
  readonly hasPortuguesePunctuation: boolean;
};

/** @param nemoVersion such as "2.7.0rc0"; unknown ones count as new */
export function versionedDefaults(nemoVersion: string | null | undefined): VersionedDefaults {
  const [, major = "", minor = ""] = /^v?(\d+)\.(\d+)/.exec(nemoVersion ?? "") ?? [];
  const isOld = major !== "" && (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 8));
  return {
    charsetVersion: isOld ? 1 : 2,
    punctuationVersion: isOld ? 1 : 2,
    hasPortuguesePunctuation: !isOld,
  };
}
