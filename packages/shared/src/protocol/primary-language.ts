/** The first subtag of a BCP 47 tag, in small letters: "pt" of "pt-BR" or "PT_br". */
export function primaryLanguage(tag: string): string {
  return (tag.split(/[-_]/u)[0] ?? tag).toLowerCase();
}
