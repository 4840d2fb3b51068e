"""The sentences that the recogniser learns from, and those that it is judged by.

| folder | what | example |
|---|---|---|
| `word-lists` | words and fixed phrases, one a line | `city.txt`: "london" |
| `phrases` | phrases with slots; a line written twice is drawn twice as often | `when.txt`: "next {day}" |
| `templates` | whole sentences with slots, one category a file | `weather.txt`: "is it raining in {city}?" |
| `evaluation` | sentences that are never trained | `test.tsv` |

A slot `{city}` draws a line of the list of that name, `{animal:plural}` also inflects it (see `grammar.py`).

| module | sentences |
|---|---|
| `conversation` | what people say to a voice agent, 16 categories |
| `wide_wording` | inflected verbs and contractions over a wider vocabulary, partly nonsense |
| `wordnet`, `chatterbot`, `everyday`, `vocabulary` | natural wording; put together by `natural` |
| `broken_off` | sentences cut before their end |
"""
