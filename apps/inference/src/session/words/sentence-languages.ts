/** What full stops of one language mean. */
export type SentenceLanguage = {
  /** Abbreviations that a name or a number follows: their stop never ends a sentence. */
  neverFinal: ReadonlySet<string>;
  /** Abbreviations that may stand last: what follows decides. */
  maybeFinal: ReadonlySet<string>;
  /** Abbreviations only before a number. */
  beforeNumber: ReadonlySet<string>;
  /** Words that begin a sentence after an abbreviation which may stand last. */
  starters: ReadonlySet<string>;
  /** Nouns have capitals, so that a capital alone begins no sentence. */
  hasCapitalNouns: boolean;
  /** Names of months, before which a number with a stop is a day. */
  months: ReadonlySet<string>;
  /** Words before a number with a stop that make it an ordinal; null where stops make none. */
  beforeOrdinal: ReadonlySet<string> | null;
};

const set = (words: string) => new Set(words.split(" "));

const english: SentenceLanguage = {
  neverFinal: set(
    "dr mr mrs ms prof st sr jr vs e.g i.e fig approx gen col capt lt sgt rev hon gov sen rep pres mt ft viz cf messrs",
  ),
  maybeFinal: set(
    "a.m p.m etc inc ltd co corp bros ave blvd rd dept est ph.d b.c a.d al sat sun mon tue tues wed thu thur thurs fri min sec hr hrs mins secs ext jan feb mar apr jun jul aug sep sept oct nov dec no",
  ),
  beforeNumber: set(
    "no nos nr fig figs p pp vol ch sec art ext tel approx ca c max min jan feb mar apr jun jul aug sep sept oct nov dec sat sun mon tue tues wed thu thur thurs fri eq par est",
  ),
  starters: set(
    "the then we i it he she they you this that these those there here in on at but and so if when what who why how where my our your his her their its a an one now today tomorrow yesterday after before for from as yes no please also not nobody everybody all some is are was do does did can could will would have has let just",
  ),
  hasCapitalNouns: false,
  months: new Set(),
  beforeOrdinal: null,
};

const germanWeekdays = "mo di mi do fr sa so";
const german: SentenceLanguage = {
  neverFinal: set(
    "dr hr fr frl prof st nr z.b d.h bzw ca ggf evtl inkl exkl vgl sog i.d.r m.e u.u u.a o.ä o.g s.o s.u v.a z.t z.zt i.a e.v geb gest abs bzgl max min dipl ing tel abb kap bd zzgl allg entspr fa u",
  ),
  maybeFinal: set(`usw etc mio mrd jh std sek str co u.s.w ${germanWeekdays} nr`),
  beforeNumber: set(`s nr bd kap abb abs art tel str ca max min ziff ${germanWeekdays}`),
  starters: set(
    "der die das ein eine er sie es wir ich ihr du dann danach und aber doch denn also so wenn als wie was wer wo warum hier dort da heute morgen gestern nun jetzt in im am an auf bei mit nach vor zu für von ja nein bitte dies diese dieser man mein dein sein unser alle viele kein keine auch nicht nur noch",
  ),
  hasCapitalNouns: true,
  months: set(
    "januar jänner februar märz april mai juni juli august september oktober november dezember jan feb mrz apr jun jul aug sep sept okt nov dez",
  ),
  beforeOrdinal: set(
    "der die das den dem des am vom zum zur im beim seit ab bis jeder jede jedes jeden jedem ein eine einen einem einer eines mein meine meinen dein deine sein seine seinen ihr ihre ihren unser unsere unseren euer kein keine und oder bis dieser diese dieses diesen diesem ins ans",
  ),
};

const french: SentenceLanguage = {
  neverFinal: set(
    "m mm mme mlle dr pr st ste p.ex ex c.-à-d env av art vol chap fig tél n cf j.-c",
  ),
  maybeFinal: set("etc janv févr juil sept oct nov déc lun mar mer jeu ven sam dim min"),
  beforeNumber: set("p art vol chap fig tél n env av"),
  starters: set(
    "le la les un une il elle ils elles nous vous je tu on ce cette ces c'est et mais puis alors si quand que qui où ici là dans en à au pour avec oui non mon ma mes son sa ses notre votre leur",
  ),
  hasCapitalNouns: false,
  months: new Set(),
  beforeOrdinal: null,
};

const spanish: SentenceLanguage = {
  neverFinal: set(
    "sr sra srta sres dr dra d dña ud uds prof p.ej ej ee aprox av avda art pág págs núm tel fig vol cap sto sta",
  ),
  maybeFinal: set("etc ee.uu uu s.a a.m p.m cía min lun mar mié jue vie sáb dom"),
  beforeNumber: set("pág págs núm tel art fig vol cap aprox av"),
  starters: set(
    "el la los las un una yo tú él ella ellos ellas nosotros usted ustedes esto este esta eso pero y o si cuando que quien donde aquí allí en a al por para con sí no mi tu su nuestro luego entonces después hoy mañana ayer",
  ),
  hasCapitalNouns: false,
  months: new Set(),
  beforeOrdinal: null,
};

const italian: SentenceLanguage = {
  neverFinal: set(
    "sig sigg sig.ra sig.na dott dott.ssa prof prof.ssa ing avv on p.es es ca n pag pagg art fig vol cap tel s",
  ),
  maybeFinal: set("ecc s.p.a s.r.l a.c d.c min lun mar mer gio ven sab dom"),
  beforeNumber: set("n pag pagg art fig vol cap tel ca"),
  starters: set(
    "il lo la i gli le un uno una io tu lui lei noi voi loro questo questa quello ma e o se quando che chi dove qui là in a al per con sì no mio tuo suo nostro poi allora dopo oggi domani ieri",
  ),
  hasCapitalNouns: false,
  months: new Set(),
  beforeOrdinal: null,
};

/** Languages that write ordinals with a stop, as German does, and whose words are not known here. */
const stopsOrdinals: SentenceLanguage = { ...english, beforeOrdinal: new Set() };

const languages: Readonly<Record<string, SentenceLanguage>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
};

/** @param tag BCP 47; unknown languages are cut as English is */
export function sentenceLanguage(tag: string): SentenceLanguage {
  const language = tag.split(/[-_]/u)[0]?.toLowerCase() ?? "";
  if (/^(?:da|nb|nn|no|fi|cs|sk|hu|sl|hr|et|lv)$/u.test(language)) return stopsOrdinals;
  return languages[language] ?? english;
}
