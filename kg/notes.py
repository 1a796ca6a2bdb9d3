"""What is said of a cell that could not be read, or not wholly: for a programme officer.

Reason → what is wrong, what to do. Neither ever quotes the cell.
"""

from collections.abc import Mapping

#: Told, and nothing to do as a rule.
QUIET = frozenset(
    {"negated-code", "number-rating", "several-places", "several-years", "more-than-a-place"}
)

NOTES: Mapping[str, tuple[str, str]] = {
    "unreadable-code": (
        (
            "Something in this cell is no results-framework code; expected e.g. Outcome 2.1 or "
            "output 2.1.3."
        ),
        "Correct the cell, or teach kg the spelling under [values.{field}] in kg.toml.",
    ),
    "odd-range": (
        "What lies between the two ends of a range in this cell cannot be told; the ends count.",
        "Write every code that is meant, e.g. 1.4.1; 1.4.2.",
    ),
    "half-range": (
        "What stands at the end of a range in this cell is no code; its beginning counts alone.",
        "Write every code that is meant, e.g. 1.4.1; 1.4.2.",
    ),
    "further-number": (
        "The words behind a code of this cell hold a number like it; it does not count as a code.",
        "If it is meant as well, part the codes by a semicolon, e.g. 1.4; 1.5.",
    ),
    "doubtful-code": (
        "A question mark stands beside a code in this cell; the code counts all the same.",
        "Settle which code is meant, and write it without the question mark.",
    ),
    "date": (
        "This cell holds a date; a spreadsheet may have made it from a code (perhaps {maybe}).",
        "Format the column as text in the spreadsheet and type the code again.",
    ),
    "decimal-comma": (
        "A comma stands between numbers; it may part two codes, or mean {maybe}.",
        "Write codes with points, and a space behind a comma that parts two codes.",
    ),
    "kind-conflict": (
        (
            "The word before a code says another level than its number "
            "(1.4 reads as an outcome, 1.4.1 as an output); the word was kept."
        ),
        "Correct the word or the number; nothing to do where your framework numbers so.",
    ),
    "parent-conflict": (
        (
            "The outputs of this cell belong under other outcomes than the one it names, "
            "by their numbers; all were kept."
        ),
        "Correct the outcome or the output; nothing to do where the record stands under both.",
    ),
    "negated-code": (
        "This cell names a code to say that it is not meant; it makes no link.",
        "Nothing to do, unless it is meant: then write the code alone.",
    ),
    "indicator": (
        "This cell names an indicator; its number was read as that of the outcome or output.",
        "Write the code of the outcome or output itself.",
    ),
    "unreadable-objective": (
        (
            "A part of this cell is neither the code of an objective nor a label behind one; "
            "expected e.g. ABC: Safer streets."
        ),
        "Correct the cell, or teach kg the spelling under [values.{field}] in kg.toml.",
    ),
    "objective-without-code": (
        "This cell has no code of an objective; expected e.g. ABC: Safer streets.",
        "Add the code, or say under [values.{field}] in kg.toml which code the words mean.",
    ),
    "objective-conflict": (
        "The id of this record names another objective than this cell; the cell counts.",
        "Correct the one that is wrong.",
    ),
    "unknown-value": (
        "A value of this cell is in no vocabulary; it was kept as a candidate, as written.",
        "Correct it, or say under [values.{field}] in kg.toml what it means.",
    ),
    "number-rating": (
        "This rating is a number; it was read on a scale from 1 (lowest) to 5 (highest).",
        "Nothing to do, unless your scale differs: say under [values.{field}] in kg.toml.",
    ),
    "long-value": (
        "This cell is too long to be a value; it was kept as a text and not read.",
        "Write one of the usual values, and move the explanation to another column.",
    ),
    "several-places": (
        (
            "This cell names several countries or regions; the outcome counts for each, "
            "and its codes for the framework of none."
        ),
        "Nothing to do, unless one of them is meant: write that one.",
    ),
    "more-than-a-place": (
        "This cell names a country or region and something more; the country or region counts.",
        "Nothing to do, unless it was meant otherwise.",
    ),
    "unreadable-value": (
        "This cell is no plain answer; expected e.g. yes or no. It counts as unknown.",
        "Correct it, or say under [values.{field}] in kg.toml what it means.",
    ),
    "unreadable-year": (
        "This cell names no year; expected e.g. 2023 or 2022-2023. The year counts as unknown.",
        "Write one year of four digits, or the first and the last.",
    ),
    "open-year": (
        (
            "This cell says before or since when, or which decade, and not in which year; the "
            "year counts as unknown."
        ),
        "Write the year of the change, or the first and the last: 2019-2022.",
    ),
    "odd-span": (
        (
            "The years of this cell make no span: the last stands before the first, or they lie "
            "too far apart for one change. The year counts as unknown."
        ),
        "Write the year of the change, or the first and the last: 2019-2022.",
    ),
    "cell-error": (
        "This cell holds an error of the spreadsheet in place of a value; it counts as unknown.",
        "Mend the formula in the spreadsheet, or type the value.",
    ),
    "code-elsewhere": (
        (
            "This cell names a country or region beside a code, and the record is of another; the "
            "code counts for that of the record."
        ),
        "Give each country a record of its own, or correct the country.",
    ),
    "several-years": (
        "This cell names several years; the outcome counts in each.",
        "Nothing to do, unless one of them is meant: write that one.",
    ),
    "no-such-date": (
        "This cell is a date that no calendar has; its year counts, and may be wrong too.",
        "Correct the date, or write the year alone.",
    ),
    "flag-unclear": (
        "This cell does not plainly say whether the record is confidential; it is withheld.",
        "Write no where the record may be shown, yes where it may not.",
    ),
    "merged-holds-more": (
        (
            "The merged text holds words that stand in no other cell; it was kept, "
            "and no names are looked for in it."
        ),
        "Move those words to the column where they belong.",
    ),
}
