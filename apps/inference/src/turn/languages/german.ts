import { germanGrammar } from "./german-grammar";
import { phrases, words, type TurnLanguage } from "./turn-language";

const digits = "null eins zwei zwo drei vier fünf sechs sieben acht neun";

export const german: TurnLanguage = {
  fillers: words("äh ähm hm hmm mm ehm naja tja"),
  danglingWords: words(`
    und oder aber denn weil dass ob wenn als obwohl während bevor nachdem damit sondern sowie
    ein eine einen einem einer eines der die das den dem des mein meine meinen meinem dein deine
    ihr ihre unser unsere kein keine jeder jede jedes in im an am auf zu zum zur für von vom mit
    ohne über unter zwischen durch bei nach aus seit bis um gegen ist sind war waren bin bist
    wird werden habe hat haben kann können könnte könnten will möchte muss soll sollte ich du er
    wir sehr zu nur heißt heiße namens
  `),
  danglingEndings: [
    "und dann",
    "zum beispiel",
    "ich glaube",
    "ich denke",
    "ich meine",
    "so eine art",
    "wie wäre es mit",
    "name ist",
    "nummer ist",
    "ich hätte gern",
    "ich möchte",
  ],
  openings: phrases(`
    kannst du | könntest du | können sie | könnten sie | bitte | sag mir | lass mich | moment
    einen moment | was ist | wie viel | wie viele | ich habe eine frage | noch eine frage
  `),
  leadIns: words("und aber also ja nein okay ok gut hallo hey danke na dann so äh ähm"),
  tailWords: words(`gefolgt getrennt einschließlich`),
  prepositions: words(
    `in im an am auf für von vom mit ohne über bei beim nach vor um zwischen aus bis ab`,
  ),
  questionWords: words(`
    was wer wen wem wessen wann wo woher wohin warum wieso weshalb wie welche welcher welches
    ist sind war waren hast hat habt haben kannst kann können könnte könntest könnten darf
    dürfen soll sollen willst will wollen möchtest gibt weißt wissen
  `),
  questionEndings: words(
    "du er ich wir ihr sie das die der mit an auf zu um nach ein ist bist sind war waren hat habe hast haben kann können will wird heißt",
  ),
  shortestQuestion: 2,
  requestWords: words(`
    sag sage sagen erzähl erzähle erklär erkläre gib zeig zeige spiel spiele wiederhole
    buchstabiere zähl zähle lies schreib schreibe schalte mach stell stelle öffne schließe such
    suche ruf buche erinnere hilf übersetze rechne geh warte
  `),
  courtesies: [["bitte"]],
  requestEndings: words("an auf aus zu um ab mit ein nach vor"),
  commands: phrases(`
    stopp | stop | halt | warte | hilfe | weiter | nochmal | noch einmal | was | warum | wie
    wer | wann | wo | sei still | ruhe
  `),
  completeAnswers: phrases(`
    ja | nein | doch | okay | ok | genau | richtig | klar | sicher | hallo | hi | guten morgen
    guten tag | guten abend | gute nacht | tschüss | danke | vielen dank | danke schön
    ja bitte | nein danke | natürlich | ich weiß nicht | vielleicht | stimmt
  `),
  digits: words(digits),
  zeros: words("null"),
  repeats: new Map(),
  numberWords: words(
    `${digits} zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend ein und komma`,
  ),
  operators: words("plus minus mal geteilt durch hoch"),
  figureNouns: words(`
    nummer telefonnummer handynummer kontonummer code pin postleitzahl kennwort passwort karte
    konto
  `),
  figureLengths: [
    {
      nouns: words("telefonnummer handynummer telefon handy fax"),
      lengths: [7, 8],
      afterZero: [10, 11, 12],
      isUsual: true as const,
    },
    { nouns: words("postleitzahl"), lengths: [5] },
    { nouns: words("pin"), lengths: [4, 6] },
    { nouns: words("karte kreditkarte"), lengths: [16] },
  ],
  plus: "plus",
  spellingWords: words("buchstabiert buchstabieren buchstabiere buchstaben schreibt"),
  addressWords: words("adresse straße wohnen wohnst"),
  nameWords: words("name namen heißen heißt"),
  beforeFirstNumber: ["was ist", "wie viel ist", "von", "zwischen"],
  articles: words("ein eine einen einem einer der die das den dem mein meine dein deine"),
  adjectives: words(`
    lange kurze große kleine neue alte gute schöne andere nächste letzte erste zweite lustige
    einfache ganze
  `),
  listEnds: words("und oder"),
  grammar: germanGrammar,
};
