"""English by speakers of other languages: Festival's English front end with the diphones of foreign voices.

The sentence is analysed for an American voice (words, phones, durations, intonation); then its phones are
replaced by those that the speaker's language has (`foreign_phones.txt`) and their diphones are joined. So
eight more people lend their voices, with the accents of Italian, Czech and Finnish.
"""

from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class ForeignVoice:
    """A diphone voice of another language."""

    language: str
    package: str
    """Its name in Festival."""
    diphones: str
    """A file in the voice's folder."""
    pitch_hertz: float
    """The speaker's usual fundamental frequency."""


FOREIGN_VOICES = {
    "italian_lp": ForeignVoice("italian", "lp_diphone", "group/lp_diphone.group", 190),
    "italian_pc": ForeignVoice("italian", "pc_diphone", "group/pc_diphone.group", 115),
    "czech_dita": ForeignVoice("czech", "czech_dita", "group/dita.group", 215),
    "czech_krb": ForeignVoice("czech", "czech_krb", "group/krb.group", 195),
    "czech_machac": ForeignVoice("czech", "czech_machac", "group/machac.group", 110),
    "czech_ph": ForeignVoice("czech", "czech_ph", "group/ph.group", 100),
    "finnish_mv": ForeignVoice("finnish", "hy_fi_mv_diphone", "group/mvlpc.group", 115),
    "finnish_lj": ForeignVoice("finnish", "suo_fi_lj_diphone", "group/ljlpc.group", 180),
}
"""Debian: festvox-italp16k, -itapc16k, -czech-{dita,krb,machac,ph}, -suopuhe-{mv,lj}."""

_ALTERNATES = {
    "italian": "(E1 E) (a1 a) (i1 i) (O1 O) (o1 o) (e1 e) (u1 u) (w u) (j i)",
    "czech": "(b p) (d t) (g k) (v f) (z s) (z~ s~) (dz~ c~) (h ch) (n* n) (a: a) (i: i) (o: o) (u: u) "
    "(p b) (t d) (k g) (f v) (s z) (s~ z~) (c~ dz~)",
    "finnish": "(S s) (N n) (w v) (a: a) (i: i) (o: o) (u: u) (@ e) (7 e)",
}
"""Tried where a language never joins two phones: unvoiced for voiced, short for long."""

_DEFINITIONS = """
(defvar foreign_phones nil)
(define (replace_phone segment)
  (let ((phones (cdr (assoc_string (item.name segment) foreign_phones)))
        (start (item.feat segment "segment_start"))
        (end (item.feat segment "end")))
    (cond
      ((null phones)
       (if (item.prev segment) (item.set_feat (item.prev segment) "end" end))
       (item.relation.remove segment 'Segment))
      ((cdr phones)
       (let ((first (item.insert segment (list (car phones)) 'before)))
         (item.set_feat first "end" (/ (+ start end) 2))
         (item.set_name segment (cadr phones))))
      (t (item.set_name segment (car phones))))))
(define (replace_phones utterance)
  (mapcar replace_phone (utt.relation.items utterance 'Segment))
  utterance)
(defvar foreign_voices nil)
(define (use_foreign_voice name package diphones phones alternates)
  (if (not (member_string name foreign_voices))
      (begin
        (us_diphone_init (list (list 'name name)
                               (list 'index_file
                                     (path-append (cdr (assoc_string package voice-locations)) diphones))
                               '(grouped "true") '(default_diphone "#-#")
                               (list 'alternates_left alternates) (list 'alternates_right alternates)))
        (set! foreign_voices (cons name foreign_voices))))
  (voice_kal_diphone)
  (us_db_select name)
  (set! foreign_phones phones)
  (set! UniSyn_module_hooks (list replace_phones)))
"""


def definitions() -> str:
    """Scheme functions and phone tables for a fresh Festival."""
    tables = "\n".join(
        f"(set! {language}_phones '({_phone_table(language)}))\n(set! {language}_alternates '({alternates}))"
        for language, alternates in _ALTERNATES.items()
    )
    return f"{_DEFINITIONS}\n{tables}\n"


def selection(voice: str) -> str:
    """Scheme expression that makes a foreign voice the current one."""
    foreign = FOREIGN_VOICES[voice]
    tables = f"{foreign.language}_phones {foreign.language}_alternates"
    return f'(use_foreign_voice "{voice}" "{foreign.package}" "{foreign.diphones}" {tables})'


def _phone_table(language: str) -> str:
    text = files(__package__).joinpath("foreign_phones.txt").read_text()
    heading, *rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
    column = heading.index(language)
    return " ".join(_phone_entry(row[0], row[column]) for row in rows)


def _phone_entry(english: str, foreign: str) -> str:
    """One entry of a Scheme association list: the English phone, then none, one or two foreign ones."""
    phones = [] if foreign == "-" else foreign.split("+")
    return "(" + " ".join(f'"{phone}"' for phone in [english, *phones]) + ")"
