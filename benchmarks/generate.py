"""A harvest of any size that looks like a real one and is about nobody.

Sentences have the lengths of the example's, records the length of those met in practice (2.6 kB,
give or take a quarter), organisations recur as they do there (few often, many once), and the
quirks are the usual ones at the example's rates: missing and repeated ids, whole copies, marks
where a name was taken out, a code that a spreadsheet made a date, lists parted by `;`, `/`, lines
or two spaces, a merged column, and headings in English, French and Spanish.

`lean` is the plain kind, for sizes at which only the number of records matters: four of fifteen
fixed sentences a record, English headings, no quirk but misspelt headings and mixed yes and no.
"""

import csv
import io
import random
from collections.abc import Iterator, Mapping
from itertools import accumulate, islice

from benchmarks.stories import MARKED, Teller, bodies, invented, words

#: Headings as an export has them, misspelling included.
HEADINGS = (
    "FragmentID",
    "Outcome status",
    "OH-harvesting period",
    "coutnry",
    "Year",
    "Outcome description",
    "Significance of the outcome",
    "Additional information (use if needed) ",
    "Rating significance",
    "Social actor",
    "Scale",
    "Contribution of the programme",
    "Contribution of other actors and factors",
    "Rating contribution",
    "The change was unintended",
    "Evidence supporting the outcome statement",
    "Outcome statements is CONFIDENTIAL",
    "Link to Outcomes in Results Framework ",
    "Link to Specific Objectives",
    "Outcome is negative",
    "MCQType of change",
)

#: Repeats what other columns say, in one record of ten.
MERGED = "StoryFragment_Merged"
#: In every so many records, one (at which place) has this quirk; none of them coincide often.
QUIRKS = {
    "no id": (61, 7),
    "marked id": (61, 11),
    "repeated id": (61, 29),
    "copy": (61, 43),
    "date for a code": (61, 23),
    "merged": (10, 3),
}
_HEADS = (
    ("Network of {} Defenders", "N{}D"),
    ("{} Women's Forum", "{}WF"),
    ("Collectif des Jeunes de {}", "CJ{}"),
    ("Observatoire {} des Droits", "O{}D"),
    ("{} Legal Aid Centre", "{}LAC"),
    ("Association pour la Paix de {}", "AP{}"),
)
_SYLLABLES = ("Ka", "lo", "mi", "ru", "Te", "va", "no", "Sa", "du", "bé", "Zo", "li", "Fa", "wé")
_CHANGES = (
    *("Practice change", "Policy change", "Behaviour change", "Relationship change"),
    *("Safety and Security", "Capacity change", "Action"),
)
_COUNTRIES = ("Valdoria", "Kessana", "Sahel", "Ombria")
_SENTENCES = (
    "In {month} {year}, {org} and {other} asked the council of {town} for the record of hearings.",
    "The council published the minutes within a week, which it had refused for three years.",
    "Since then, eleven villages around {town} have sent their own observers to the sessions.",
    "This matters because nobody could check before how the money for wells and schools was spent.",
    "{org} trained forty young people of {town} to follow a budget line by line.",
    "In the months that followed, {other} took up the same work without being asked.",
    "The change came at a time when public meetings were restricted in the whole region.",
    "Members of {org} say that the officer in charge now answers their letters.",
    "As in {reference}, the first step was a small one: a list on the door of the town hall.",
    "En {month} {year}, {org} a présenté au conseil de {town} les demandes des quartiers.",
    "Le conseil a publié le compte rendu de la séance, ce qu'il refusait depuis trois ans.",
    "Depuis, {other} accompagne les habitants de {town} dans le suivi du budget communal.",
    "Ce changement compte, car personne ne pouvait vérifier l'usage des fonds publics.",
    "The programme paid for transport and for a lawyer who read the rules with {org}.",
    "The programme also brought {org} and {other} together for two days in {town}.",
)
_MONTHS = ("January", "March", "May", "June", "September", "November")
#: Field, sentences where it is filled, how often it is: together about 2.6 kB.
_STORY = (
    ("Outcome description", 7, 1.0),
    ("Significance of the outcome", 6, 1.0),
    ("Additional information (use if needed) ", 5, 0.3),
    ("Contribution of the programme", 7, 0.97),
    ("Contribution of other actors and factors", 4, 0.55),
    ("Evidence supporting the outcome statement", 2, 0.3),
)
_LEAN = dict(zip((field for field, _, _ in _STORY), (1, 1, 0, 1, 1, 0), strict=True))
#: Of a hundred records: how many stand under French and under Spanish headings.
_FRENCH, _SPANISH = 10, 11
#: Of a hundred records under English headings: how many are told in French.
_TOLD_IN_FRENCH = 23


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(3)).capitalize()


def _organisations(chance: random.Random, count: int) -> list[str]:
    """Full names with their acronyms, e.g. "Kalomi Legal Aid Centre (KLAC)"."""
    found = []
    for number in range(count):
        full, acronym = _HEADS[number % len(_HEADS)]
        name = _name(chance)
        found.append(f"{full.format(name)} ({acronym.format(name[:2].upper())})")
    return found


def records(count: int, *, seed: int = 1, lean: bool = False) -> Iterator[Mapping[str, str]]:
    """*count* fictional records, heading -> cell; the same for the same *seed*.

    Under English headings, in the order of `languages`. Copies of whole records are among them.
    *lean*: four plain sentences each, for about 150 triples instead of 550.
    """
    return _lean(count, seed) if lean else _whole(count, seed)


def languages(count: int) -> dict[str, int]:
    """How many of *count* records stand under the headings of each language, in order."""
    french, spanish = count * _FRENCH // 100, count * _SPANISH // 100
    return {"en": count - french - spanish, "fr": french, "es": spanish}


def has(quirk: str, number: int) -> bool:
    """Has the record of this number (from 1) the quirk?"""
    every, place = QUIRKS[quirk]
    return number % every == place


def _whole(count: int, seed: int) -> Iterator[Mapping[str, str]]:
    chance = random.Random(seed)
    known = bodies(chance, max(6, count // 4))
    weights = list(accumulate(1 / rank for rank in range(1, len(known) + 1)))  # Zipf
    towns = [invented(chance) for _ in range(max(4, count // 20))]
    tongues = [tongue for tongue, times in languages(count).items() for _ in range(times)]
    last: list[Mapping[str, str]] = []
    for number, headed in enumerate(tongues, start=1):
        if has("copy", number):
            yield last[-2]
            continue
        french = headed == "en" and chance.randrange(100) < _TOLD_IN_FRENCH
        row = dict(_coded(chance, number))
        teller = Teller(
            chance,
            "fr" if french else headed,
            chance.choices(known, cum_weights=weights, k=4),
            towns,
            int(row["Year"]),
            marked=chance.randrange(100) < MARKED,
        )
        size = min(2.0, max(0.4, chance.gauss(1, 0.22)))
        for field, sentences, filled in _STORY:
            told = max(1, round(size * sentences)) if chance.random() < filled else 0
            row[field] = teller.story(told)
        if has("repeated id", number):
            row["FragmentID"] = last[-1]["FragmentID"]
        told_once = f"{row['Outcome description']}   Significance: {row[_STORY[1][0]]}"
        row[MERGED] = told_once if has("merged", number) else ""
        last = [*last[-1:], row]
        yield row


def _coded(chance: random.Random, number: int) -> Iterator[tuple[str, str]]:
    """The columns of a record that tell no story."""
    year, main = chance.randint(2021, 2023), chance.randint(1, 4)
    identifier = f"OHD-{year}/CIV{number:05}"
    if has("no id", number):
        identifier = ""
    elif has("marked id", number):
        identifier = f"OHD-<redacted>/CIV{number:05}"
    yield "FragmentID", identifier
    yield "Outcome status", chance.choice(("Outcome", "Outcome", "Substantiated", "Outcome lead"))
    yield "OH-harvesting period", f"harvest {chance.randint(1, 3)}"
    yield "coutnry", chance.choice(_COUNTRIES)
    yield "Year", str(year)
    yield "Rating significance", chance.choice(("large", "large", "medium", "small", "grande"))
    yield "Social actor", chance.choice(("Women", "Media", "Youth", "Government and duty bearers"))
    yield "Scale", chance.choice(("Institution", "Local", "National", "Individual", "Community"))
    yield "Rating contribution", chance.choice(("great", "great", "moderate", "some", "forte"))
    yield "The change was unintended", _yes(chance, 15)
    yield "Outcome statements is CONFIDENTIAL", _yes(chance, 18)
    yield "Outcome is negative", _yes(chance, 10)
    code, more = f"{main}.1", f"{main}.1.2"
    links = (
        *(f"Outcome{code}, output {more}", f"Outcome {code}, output {more}", f"Outcome {code}"),
        *(f"Outcome {code}; output {more}", f"{code} / {more}", f"OC{code} / output {more}"),
        *(f"Résultat {code} , produit {more}", f"Resultado {code}  producto {more}", ""),
        *(f"Outcome {code}, outputs {more} and {main}.1.3", f"Outcome {code}, output {more}"),
    )
    dated = has("date for a code", number)
    yield "Link to Outcomes in Results Framework ", "2023-01-02" if dated else chance.choice(links)
    yield "Link to Specific Objectives", chance.choice(("CIV: Room for every voice", "", "CIV"))
    changes = chance.sample(_CHANGES, k=1 + (chance.random() < 0.4))
    parted = "\n" if chance.random() < 0.04 else chance.choice(("  ",) * 8 + ("; ", " | "))
    yield "MCQType of change", parted.join(changes)


def _yes(chance: random.Random, percent: int) -> str:
    if chance.randrange(100) < percent:
        return chance.choice(("1.0", "oui", "x", "Sí"))
    return chance.choice(("NO", "non", "non", "no", "0.0", ""))


def _lean(count: int, seed: int) -> Iterator[Mapping[str, str]]:
    chance = random.Random(seed)
    known = _organisations(chance, max(6, count // 4))
    weights = [1 / rank for rank in range(1, len(known) + 1)]  # Zipf: few often, many once
    for number in range(1, count + 1):
        org, other = chance.choices(known, weights, k=2)
        words = {
            "org": org,
            "other": other,
            "town": _name(chance),
            "month": chance.choice(_MONTHS),
            "year": str(chance.randint(2021, 2023)),
            "reference": f"OHD-{chance.randint(2021, 2023)}/CIV{chance.randint(1, count):05}",
        }
        story = {
            field: " ".join(chance.choice(_SENTENCES).format(**words) for _ in range(sentences))
            for field, sentences in _LEAN.items()
        }
        main = chance.randint(1, 4)
        yield {
            "FragmentID": f"OHD-{words['year']}/CIV{number:05}",
            "Outcome status": chance.choice(("Outcome", "Outcome lead")),
            "OH-harvesting period": f"harvest {chance.randint(1, 3)}",
            "coutnry": chance.choice(_COUNTRIES),
            "Year": words["year"],
            **story,
            "Rating significance": chance.choice(("Large", "Medium", "Small")),
            "Social actor": chance.choice(("Engaged citizens", "Government", "Media")),
            "Scale": chance.choice(("Individual", "Community", "National")),
            "Rating contribution": chance.choice(("Great", "Some", "Small")),
            "The change was unintended": chance.choice(("NO", "1.0", "")),
            "Outcome statements is CONFIDENTIAL": chance.choice(("1.0", "NO", "NO", "NO", "")),
            "Link to Outcomes in Results Framework ": chance.choice(
                (f"Outcome{main}.1, output {main}.1.2", f"output {main}.2.1", "")
            ),
            "Link to Specific Objectives": chance.choice(("CIV: Room for every voice", "")),
            "Outcome is negative": chance.choice(("NO", "NO", "NO", "1.0")),
            "MCQType of change": chance.choice(
                ("Capacity change  Safety and Security", "Policy change", "Practice change")
            ),
        }


def table(count: int, *, seed: int = 1, lean: bool = False) -> str:
    """The same as a CSV file, header first; a heading row of its own for each language."""
    text = io.StringIO(newline="")
    if lean:
        writer = csv.DictWriter(text, HEADINGS)
        writer.writeheader()
        writer.writerows(records(count, seed=seed, lean=True))
        return text.getvalue()
    rows, plain = csv.writer(text), (*HEADINGS, MERGED)
    made = records(count, seed=seed)
    for tongue, times in languages(count).items():
        if times:
            rows.writerow(words()["headings"].get(tongue, plain))
        rows.writerows([row[heading] for heading in plain] for row in islice(made, times))
    return text.getvalue()
