"""A harvest of any size that looks like a real one and is about nobody.

Records have the length of those met in practice (about 550 words of story,
2.6 kB), organisations recur as they do there (few often, many once), and the
quirks are the usual ones: misspelt headings, `1.0` and `NO` in one file,
choices parted by two spaces, codes without their space.
"""

import csv
import io
import random
from collections.abc import Iterator, Mapping

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

_HEADS = (
    ("Network of {} Defenders", "N{}D"),
    ("{} Women's Forum", "{}WF"),
    ("Collectif des Jeunes de {}", "CJ{}"),
    ("Observatoire {} des Droits", "O{}D"),
    ("{} Legal Aid Centre", "{}LAC"),
    ("Association pour la Paix de {}", "AP{}"),
)
_SYLLABLES = ("Ka", "lo", "mi", "ru", "Te", "va", "no", "Sa", "du", "bé", "Zo", "li", "Fa", "wé")
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
_STORY = (  # field, sentences: together about 2.6 kB
    ("Outcome description", 5),
    ("Significance of the outcome", 5),
    ("Additional information (use if needed) ", 5),
    ("Contribution of the programme", 6),
    ("Contribution of other actors and factors", 2),
    ("Evidence supporting the outcome statement", 1),
)
_LEAN = dict(zip((field for field, _ in _STORY), (1, 1, 0, 1, 1, 0), strict=True))


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

    *lean*: four sentences each instead of twenty-four, for about 150 triples instead of 550.
    """
    story_of = _LEAN if lean else dict(_STORY)
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
            for field, sentences in story_of.items()
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
    """The same as a CSV file, header first."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADINGS)
    writer.writeheader()
    writer.writerows(records(count, seed=seed, lean=lean))
    return text.getvalue()
