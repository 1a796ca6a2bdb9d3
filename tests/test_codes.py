"""Codes and objectives: what people really write, and what only looks like a code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.codes import normal_number, read_codes, read_objectives

#: Cell → codes, problems.
CELLS: tuple[tuple[str, list[str], list[str]], ...] = (
    # kind and number, glued, spaced, in any case
    ("Outcome1.4, output 1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    ("Outcome 2.1", ["outcome 2.1"], []),
    ("OUTCOME 2.1", ["outcome 2.1"], []),
    ("outcome2.1.", ["outcome 2.1"], []),
    ("Outcome: 2.1", ["outcome 2.1"], []),
    ("Outcome - 2.1", ["outcome 2.1"], []),
    ("Outcome #2.1", ["outcome 2.1"], []),
    ("Outcome no. 2.1", ["outcome 2.1"], []),
    ("Outcome n° 2.1", ["outcome 2.1"], []),
    ("Outcome n°2.1", ["outcome 2.1"], []),
    ("Outcome (2.1)", ["outcome 2.1"], []),
    ("Outcome(s) 2.1", ["outcome 2.1"], []),
    ("Outcome 2", ["outcome 2"], []),
    ("Output 5-People are trained", ["output 5"], []),
    ("Intermediate outcome 3.2", ["outcome 3.2"], []),
    ("Outcome area 1", ["outcome 1"], []),
    ("1. Outcome area: Protection", ["outcome 1"], []),
    ("1.3.2 Output", ["output 1.3.2"], []),
    ("a. Outcome 1.4", ["outcome 1.4"], []),
    ("1) Outcome 1.1 2) Output 1.1.2", ["outcome 1.1", "output 1.1.2"], []),
    ("Contributes to outcome 1.4", ["outcome 1.4"], []),
    # abbreviations
    ("OC1.4", ["outcome 1.4"], []),
    ("OC 1.4 / OP 1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    ("OP1.4.1", ["output 1.4.1"], []),
    ("R1.4", ["outcome 1.4"], []),
    ("R 1.4.1", ["output 1.4.1"], []),
    ("R1", ["outcome 1"], []),
    ("IR 2.3", ["outcome 2.3"], []),
    # bare numbers: the depth says what they are
    ("1.4", ["outcome 1.4"], []),
    ("1.4.", ["outcome 1.4"], []),
    ("1.4.1", ["output 1.4.1"], []),
    ("2.4.1.1", ["output 2.4.1.1"], []),
    ("1.10", ["outcome 1.10"], []),
    ("07.3.1", ["output 7.3.1"], []),
    ("01.04", ["outcome 1.4"], []),
    ("2.0", ["outcome 2"], []),
    ("3", ["outcome 3"], []),
    ("1, 4", ["outcome 1", "outcome 4"], []),
    ("[1.4]", ["outcome 1.4"], []),
    ("'1.4'", ["outcome 1.4"], []),
    ("• 1.4", ["outcome 1.4"], []),
    ("see 1.4", ["outcome 1.4"], []),
    ("Code 1.4.1", ["output 1.4.1"], []),
    ("6.3.c.", ["output 6.3.c"], []),
    ("٣.٢", ["outcome 3.2"], []),
    # labels behind a code
    ("1.3 Proportion of people who feel safe", ["outcome 1.3"], []),
    ("1.4: Youth, women and men take part", ["outcome 1.4"], []),
    ("Outcome 1.4 – Less violence; ", ["outcome 1.4"], []),
    ("Outcome 1.4: Less\nviolence in the hills", ["outcome 1.4"], []),
    ("1.4 - 500 people are safer", ["outcome 1.4"], []),
    ("1.4 – 3 groups were formed", ["outcome 1.4"], []),
    ("1.4 - 12/03/2022: adopted", ["outcome 1.4"], []),
    ("SDG 16, 2024-01-04 and 16", [], ["unreadable-code", "date"]),
    ("adopted 2024-01-04", [], ["unreadable-code"]),
    ("99999", [], ["unreadable-code"]),
    ("1.4: 500 people are safer\n1.5: 20 more", ["outcome 1.4", "outcome 1.5"], []),
    ("07.3.1 Some thing with 12.500 others", ["output 7.3.1"], []),
    # lists
    ("1.4.1; 1.4.2", ["output 1.4.1", "output 1.4.2"], []),
    ("1.4.1 ;1.4.2;", ["output 1.4.1", "output 1.4.2"], []),
    ("1.4/1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4|1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4\n1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4\r\n1.5\r\n", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4,1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4  1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4 and 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4 & 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4 + 1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    ("1.4 et 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4 y 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4, 1.4", ["outcome 1.4"], []),
    ("Outcomes 1, 2 and 3", ["outcome 1", "outcome 2", "outcome 3"], []),
    ("Outputs 1.4.1, 1.4.2 & 2.1.1", ["output 1.4.1", "output 1.4.2", "output 2.1.1"], []),
    ("Outcome 1.4 (output 1.4.1)", ["outcome 1.4", "output 1.4.1"], []),
    ("Outcome 1.4 > Output 1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    ("Outcome 1.4; SDG 16.9.1", ["outcome 1.4"], ["unreadable-code"]),
    # ranges
    ("1.4.1-1.4.3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    ("1.4.1 – 1.4.3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    ("1.4.1 to 1.4.3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    ("1.4.1-3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    ("Outcomes 1.4 to 1.6", ["outcome 1.4", "outcome 1.5", "outcome 1.6"], []),
    ("Effets 1.1 à 1.3", ["outcome 1.1", "outcome 1.2", "outcome 1.3"], []),
    ("1.4 - 1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    ("Outcomes 1 to 3", ["outcome 1", "outcome 2", "outcome 3"], []),
    ("Outcome 1.4 - outcome 1.6", ["outcome 1.4", "outcome 1.5", "outcome 1.6"], []),
    ("1.4 to output 1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    ("1.4 - output 1.5", ["outcome 1.4", "output 1.5"], ["kind-conflict"]),
    ("1.4.1 - 1.5.2", ["output 1.4.1", "output 1.5.2"], ["odd-range"]),
    ("1.4.a-1.4.c", ["output 1.4.a", "output 1.4.b", "output 1.4.c"], []),
    ("1.6-1.4", ["outcome 1.6", "outcome 1.4"], ["odd-range"]),
    ("1.1-1.99", ["outcome 1.1", "outcome 1.99"], ["odd-range"]),
    ("1.1 - 2.1", ["outcome 1.1", "outcome 2.1"], ["odd-range"]),
    ("Outcome 1.1 to 2.3", ["outcome 1.1", "outcome 2.3"], ["odd-range"]),
    ("Outcome 1.1 - 1.99999", ["outcome 1.1"], ["half-range"]),
    ("1.4.1 - 1.4.999", ["output 1.4.1"], ["half-range"]),
    ("1.4.1 - 1.4.250", ["output 1.4.1"], ["half-range"]),
    ("1.4.1-2-3", ["output 1.4.1"], ["half-range"]),
    ("1.4.1a-c", ["output 1.4.1.a"], ["half-range"]),
    ("1.4.ii", ["output 1.4.ii"], []),
    ("1.4.h; 1.4.o", ["output 1.4.h", "output 1.4.o"], []),
    ("a) 1.4 b) 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("a) Outcome 1.4 b) Outcome 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4<br>1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("Outcome 1: 1.1, 1.2", ["outcome 1", "outcome 1.1", "outcome 1.2"], []),
    ("1.4 Advocacy and 1.5 Training", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4 (secondary: 1.5)", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4 Advocacy and 1.5 million people", ["outcome 1.4"], []),
    ("1.4 rather than 1.5", ["outcome 1.4"], ["further-number"]),
    ("1.4.1 a la 1.4.3", ["output 1.4.1"], ["further-number"]),
    ("OS 1 - R 1 - P 1.1", ["objective OS1"], ["further-number"]),
    ("1.4 Contribution to SDG 16.9.1", ["outcome 1.4"], []),
    ("1.4 - 500 people came", ["outcome 1.4"], []),
    ("1.4 - 50% of villages", ["outcome 1.4"], []),
    ("1.4 to 1.4.3", ["outcome 1.4", "output 1.4.3"], ["odd-range"]),
    ("1.4 - output 1.4.3", ["outcome 1.4", "output 1.4.3"], []),
    # spaces around a point, behind a word
    ("Outcome 1. 4", ["outcome 1.4"], []),
    ("OUTCOME 1 . 4", ["outcome 1.4"], []),
    ("Output 1.4. 1", ["output 1.4.1"], []),
    ("Outcome 1. 4; outcome 1. 5", ["outcome 1.4", "outcome 1.5"], []),
    ("Outcome 1. 4 laws passed", ["outcome 1"], ["unreadable-code"]),
    ("1. 4; 1. 5", [], ["unreadable-code"]),
    ("Outcome 2. 3 villages signed", ["outcome 2"], ["unreadable-code"]),
    ("Outcome 1. 1.4", ["outcome 1", "outcome 1.4"], []),
    # which one is left open
    ("Outcome 1:4", [], ["unreadable-code"]),
    ("1:4", [], ["unreadable-code"]),
    ("Outcome 1: 4 villages", ["outcome 1"], []),
    ("1.4.x", [], ["unreadable-code"]),
    ("Outcome 1.4.x", [], ["unreadable-code"]),
    ("1.4.*", [], ["unreadable-code"]),
    ("1.4 ?", ["outcome 1.4"], ["doubtful-code"]),
    ("Outcome 1.4 (?), output 1.4.1", ["outcome 1.4", "output 1.4.1"], ["doubtful-code"]),
    ("1.4: what next?", ["outcome 1.4"], []),
    # a lone number in a list: a count, or short for a code
    ("Outcome 1 and 4 laws", ["outcome 1"], ["unreadable-code"]),
    ("Outcomes 1 and 4: laws", ["outcome 1", "outcome 4"], []),
    ("Output 1.4.1/2/3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    ("1.4.1/2", ["output 1.4.1", "output 1.4.2"], []),
    ("1.4.3/2", ["output 1.4.3"], ["unreadable-code"]),
    ("outputs 1.4.1, 2 and 3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    ("Output 1.4.1 and 3 outputs", ["output 1.4.1"], ["unreadable-code"]),
    ("1.4.1, 2", ["output 1.4.1"], ["unreadable-code"]),
    ("1.4, 5", ["outcome 1.4"], ["unreadable-code"]),
    ("Outcomes 1-3", ["outcome 1", "outcome 2", "outcome 3"], []),
    ("Effets 1 – 3", ["outcome 1", "outcome 2", "outcome 3"], []),
    ("Outcomes 1-3 villages", [], ["unreadable-code"]),
    ("Outcome 1-4", [], ["unreadable-code"]),
    ("Outcomes 1,2,3", ["outcome 1", "outcome 2", "outcome 3"], []),
    ("Outcomes 1,2", [], ["decimal-comma"]),
    ("Outputs 1,4,1", [], ["decimal-comma"]),
    ("Outcome 1/2/3", ["outcome 1", "outcome 2", "outcome 3"], []),
    ("1/2/3", [], ["unreadable-code"]),
    # one code leads to the next
    ("Outcome 1.4 (see also 1.4.1)", ["outcome 1.4", "output 1.4.1"], []),
    ("1.4 (cf. 1.4.1, 1.4.2)", ["outcome 1.4", "output 1.4.1", "output 1.4.2"], []),
    ("1.4 under 2.5 km", ["outcome 1.4"], []),
    # further words of levels
    ("Saída 1.4.1", ["output 1.4.1"], []),
    ("Salida 1.4.1", ["output 1.4.1"], []),
    ("Sortie 1.4.1", ["output 1.4.1"], []),
    ("Réalisation 1.4.1", ["output 1.4.1"], []),
    ("Logro 1.4", ["outcome 1.4"], []),
    ("Incidencia 1.4", ["outcome 1.4"], []),
    ("1.4 - 2.5.1", ["outcome 1.4", "output 2.5.1"], ["odd-range", "parent-conflict"]),
    ("1.4 - 1.500 people came", ["outcome 1.4"], []),
    ("1.4.1 → 1.4.3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    ("1.4.1…1.4.3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    ("1.4.1 - 1.4; 1.5", ["output 1.4.1", "outcome 1.4", "outcome 1.5"], []),
    ("de 1.4.1 à 1.4.3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    ("1.4.1 t/m 1.4.3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    # numbers of something else, and counts
    ("SDG 16.9.1, 16.10.2", [], ["unreadable-code"]),
    ("GPS 1.4, 2.5", [], ["unreadable-code"]),
    ("ODD 16.9.1, 16.10; 1.4", ["outcome 1.4"], ["unreadable-code"]),
    ("Article 19, outcome 1.4", ["outcome 1.4"], ["unreadable-code"]),
    ("Outcome 1.4 and 3 outputs", ["outcome 1.4"], ["unreadable-code"]),
    ("3 outputs", [], ["unreadable-code"]),
    ("cf. 1.4", ["outcome 1.4"], []),
    ("Outcome_1.4", ["outcome 1.4"], []),
    # French
    ("Effet 1.4", ["outcome 1.4"], []),
    ("Effets 1.4 et 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("Effet direct n°2.1 : des mots", ["outcome 2.1"], []),
    ("Incidence 1.4", ["outcome 1.4"], []),
    ("Produit 1.4.1", ["output 1.4.1"], []),
    ("PRODUIT1.4.1", ["output 1.4.1"], []),
    ("Extrant 1.4.1", ["output 1.4.1"], []),
    ("Résultat 1.4", ["outcome 1.4"], []),
    ("Résultat 1.4.1", ["output 1.4.1"], []),
    ("resultat attendu 1.4", ["outcome 1.4"], []),
    ("Résultat intermédiaire n° 1.4", ["outcome 1.4"], []),
    ("effet 1.4 et produit 1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    # Spanish, Portuguese, Dutch
    ("Efecto 1.4", ["outcome 1.4"], []),
    ("Efecto directo 1.4 y producto 1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    ("Resultado esperado 1.4", ["outcome 1.4"], []),
    ("Producto 1.4.1", ["output 1.4.1"], []),
    ("Efeito 1.4, produto 1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    ("Resultaat 1.4 en 1.5", ["outcome 1.4", "outcome 1.5"], []),
    # words that say another level than the number
    ("outcome 1.4.1", ["outcome 1.4.1"], ["kind-conflict"]),
    ("Output 1.4", ["output 1.4"], ["kind-conflict"]),
    ("Output 2.1, 2.2", ["output 2.1", "output 2.2"], ["kind-conflict"]),
    ("Outcome indicator 2.1.2", ["outcome 2.1.2"], ["indicator"]),
    ("Output indicator: 2.3.1", ["output 2.3.1"], ["indicator"]),
    ("Indicateur d'effet 2.1", ["outcome 2.1"], ["indicator"]),
    # objectives in the column of codes
    ("Specific objective 1", ["objective 1"], []),
    ("Objectif spécifique 2, effet 1.4", ["objective 2", "outcome 1.4"], []),
    # false friends
    ("37.500 people", [], ["unreadable-code"]),
    ("10.000 bønder", [], ["unreadable-code"]),
    ("5 500 tonnes", [], ["unreadable-code"]),
    ("16 groups", [], ["unreadable-code"]),
    ("1.4 million", [], ["unreadable-code"]),
    ("2.5 km", [], ["unreadable-code"]),
    ("1.4%", [], ["unreadable-code"]),
    ("1.4 %", [], ["unreadable-code"]),
    ("$1.4", [], ["unreadable-code"]),
    ("€ 2.50", [], ["unreadable-code"]),
    ("output 5 people", [], ["unreadable-code"]),
    ("Outcome 37.500", [], ["unreadable-code"]),
    ("SDG 16.9.1", [], ["unreadable-code"]),
    ("SDG 16.9.1 - Tier 1", [], ["unreadable-code"]),
    ("ODD 16.9", [], ["unreadable-code"]),
    ("[GCR 4.2.2]", [], ["unreadable-code"]),
    ("SO5 VAM:", ["objective SO5"], []),
    ("ROSA 3:", [], ["unreadable-code"]),
    ("v1.4", [], ["unreadable-code"]),
    ("version 1.4", [], ["unreadable-code"]),
    ("article 1.4", [], ["unreadable-code"]),
    ("2022", [], ["unreadable-code"]),
    ("192.168.1.1", [], ["unreadable-code"]),
    ("1.400", [], ["unreadable-code"]),
    ("0", [], ["unreadable-code"]),
    ("0.0", [], ["unreadable-code"]),
    ("1-2", [], ["unreadable-code"]),
    ("Outcome 1-3", [], ["unreadable-code"]),
    ("1.4, something", ["outcome 1.4"], ["unreadable-code"]),
    ("something else", [], ["unreadable-code"]),
    ("Outcome", [], ["unreadable-code"]),
    ("<redacted>", [], ["unreadable-code"]),
    # what a spreadsheet made of a code
    ("2024-01-04", [], ["date"]),
    ("2024-01-04 00:00:00", [], ["date"]),
    ("2024-01-04T00:00:00", [], ["date"]),
    ("1/4/2024", [], ["date"]),
    ("01.04.2024", [], ["date"]),
    ("01-04-24", [], ["date"]),
    ("01/04", [], ["date"]),
    ("04 janv", [], ["date"]),
    ("04 janv. 2024", [], ["date"]),
    ("4-Jan", [], ["date"]),
    ("Jan-04", [], ["date"]),
    ("1-avr", [], ["date"]),
    ("1 de abril", [], ["date"]),
    ("1er avril 2024", [], ["date"]),
    ("mars 2022", [], ["date"]),
    ("45295", [], ["date"]),
    ("45295.0", [], ["date"]),
    ("1.4.1; 2024-01-04", ["output 1.4.1"], ["date"]),
    ("1.4: adopted on 12/03/2022", ["outcome 1.4"], []),
    ("1,4", [], ["decimal-comma"]),
    ("Outcome 1,4", [], ["decimal-comma"]),
    # points of other scripts, points in the middle, spaces around points
    ("1·4", ["outcome 1.4"], []),
    ("Effet 1·4·1", ["outcome 1.4.1"], ["kind-conflict"]),
    ("1.4·1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4 · 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("１．４", ["outcome 1.4"], []),
    ("１.４.１", ["output 1.4.1"], []),
    ("٣٫٢", ["outcome 3.2"], []),
    ("٣،٢", [], ["decimal-comma"]),
    ("1. 4", ["outcome 1.4"], []),
    ("1 .4 .1", ["output 1.4.1"], []),
    ("Outcome\u00a01.4", ["outcome 1.4"], []),
    ("1.4.1\u20131.4.3", ["output 1.4.1", "output 1.4.2", "output 1.4.3"], []),
    # letters: one code, glued, behind a point or apart
    ("1.4a", ["output 1.4.a"], []),
    ("1.4.a", ["output 1.4.a"], []),
    ("1.4 a", ["output 1.4.a"], []),
    ("1.4 a; 1.4 b", ["output 1.4.a", "output 1.4.b"], []),
    ("Outcome 1.4a", ["outcome 1.4.a"], []),
    ("1.4 a 1.6", ["outcome 1.4", "outcome 1.5", "outcome 1.6"], []),
    # lost line breaks, short words, a code at the end of a text
    ("Outcome1.4Output1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    ("1.4Output 1.4.1", ["outcome 1.4", "output 1.4.1"], []),
    ("P 1.2.1", ["output 1.2.1"], []),
    ("P.1.2.1", ["output 1.2.1"], []),
    ("Better protection of witnesses (P 1.2.1)", ["output 1.2.1"], []),
    ("Rés. 1.4", ["outcome 1.4"], []),
    ("Prod. 1.4.1", ["output 1.4.1"], []),
    ("OUT 1.4.1", ["output 1.4.1"], []),
    ("Output 1.4.1 (2022)", ["output 1.4.1"], []),
    # Arabic
    ("المخرج 1.4.1", ["output 1.4.1"], []),
    ("النتيجة ١.٤", ["outcome 1.4"], []),
    ("المخرجات 1.4.1 و 1.4.2", ["output 1.4.1", "output 1.4.2"], []),
    # more false friends
    ("p. 12", [], ["unreadable-code"]),
    ("p. 3.2", [], ["unreadable-code"]),
    ("section 3.2", [], ["unreadable-code"]),
    ("10:30", [], ["unreadable-code"]),
    ("70 12 34 56", [], ["unreadable-code"]),
    ("01.23.45.67.89", [], ["unreadable-code"]),
    ("+226 70 12 34 56", [], ["unreadable-code"]),
    ("1.4-1", ["outcome 1.4"], ["unreadable-code"]),
    # outputs under another outcome than the one that is named
    ("Outcome 1.4, output 2.1.3", ["outcome 1.4", "output 2.1.3"], ["parent-conflict"]),
    (
        "Outcome 1.4, outputs 1.4.1, 2.1.3",
        ["outcome 1.4", "output 1.4.1", "output 2.1.3"],
        [],
    ),
    # a letter of the framework before the number
    ("A.1.2", ["output A.1.2"], []),
    ("A1.2", ["output A.1.2"], []),
    ("a.1.2", ["output A.1.2"], []),
    ("B.3", ["outcome B.3"], []),
    ("Output A.1.2", ["output A.1.2"], []),
    ("Outcome A.1; A.2", ["outcome A.1", "outcome A.2"], []),
    ("A.1.1-A.1.3", ["output A.1.1", "output A.1.2", "output A.1.3"], []),
    ("C.2: Health for all", ["outcome C.2"], []),
    ("A4", [], ["unreadable-code"]),
    ("B12", [], ["unreadable-code"]),
    ("Annex A.1.2", [], ["unreadable-code"]),
    # objectives by their letters
    ("SO5", ["objective SO5"], []),
    ("OS 2; 1.4", ["objective OS2", "outcome 1.4"], []),
    ("OE1, efecto 1.4", ["objective OE1", "outcome 1.4"], []),
    ("so 3 groups came", [], ["unreadable-code"]),
    # forms met elsewhere: domain research, table of forms
    ("CIV: Less suppression of civic space", [], ["unreadable-code"]),
    ("1.3 Proportion of those who feel safe", ["outcome 1.3"], []),
    ("Output 1.3.1", ["output 1.3.1"], []),
    ("Output 5-Individuals", ["output 5"], []),
    ("6.3.c", ["output 6.3.c"], []),
    ("WPS", [], ["unreadable-code"]),
    ("SCS001", [], ["unreadable-code"]),
    ("DD1", [], ["unreadable-code"]),
    ("WRGE", [], ["unreadable-code"]),
    ("HUS", [], ["unreadable-code"]),
    ("SRoL", [], ["unreadable-code"]),
    ("N/A", [], ["unreadable-code"]),  # a cell that says so is blank before it comes here
    ("Output 2.1", ["output 2.1"], ["kind-conflict"]),
    # Portuguese
    ("Resultados 1.4 e 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("Resultado intermédio 2.1", ["outcome 2.1"], []),
    ("Resultado esperado n.º 3.1", ["outcome 3.1"], []),
    ("Produtos 1.4.1 e 1.4.2", ["output 1.4.1", "output 1.4.2"], []),
    ("1.4 até 1.6", ["outcome 1.4", "outcome 1.5", "outcome 1.6"], []),
    # more dates
    ("avr-04", [], ["date"]),
    ("01 févr", [], ["date"]),
    ("4 de enero", [], ["date"]),
    ("n.º 1.4", ["outcome 1.4"], []),
    ("No. 1.4", ["outcome 1.4"], []),
    ("no 1.4", ["outcome 1.4"], []),
    # what is said not to be meant
    ("not 1.4", [], ["negated-code"]),
    ("Not R-3", [], ["unreadable-code"]),
    ("no link to 1.4", [], ["negated-code"]),
    ("No outcome 1.4", [], ["negated-code"]),
    ("not linked to 1.4, 1.5", [], ["negated-code"]),
    ("unrelated to 1.4", [], ["negated-code"]),
    ("1.4, not 1.5", ["outcome 1.4"], ["negated-code"]),
    ("1.4 but not 1.5", ["outcome 1.4"], ["negated-code"]),
    ("not 1.4 but 1.5", ["outcome 1.5"], ["negated-code"]),
    ("not 1.4; 1.5", ["outcome 1.5"], ["negated-code"]),
    ("neither 1.4 nor 1.5", [], ["negated-code"]),
    ("Outcome 1.4 (not output 1.4.1)", ["outcome 1.4"], ["negated-code"]),
    ("Outcome 1.4 without output 1.4.1", ["outcome 1.4"], ["negated-code"]),
    ("pas de lien avec 1.4", [], ["negated-code"]),
    ("n'est pas lié à l'effet 1.4", [], ["negated-code"]),
    ("Ne contribue pas à 1.4.1", [], ["negated-code"]),
    ("effet 1.4, pas le produit 1.4.1", ["outcome 1.4"], ["negated-code"]),
    ("1.4 mais pas 1.5", ["outcome 1.4"], ["negated-code"]),
    ("ni 1.4 ni 1.5", [], ["negated-code"]),
    ("sin relación con 1.4", [], ["negated-code"]),
    ("no contribuye al efecto 1.4", [], ["negated-code"]),
    ("1.4 pero no 1.5", ["outcome 1.4"], ["negated-code"]),
    # and what only sounds so
    ("not only 1.4 but also 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("no solo 1.4 sino también 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("Outcome 1.4 not yet reached", ["outcome 1.4"], []),
    ("1.4: no one is left behind; 1.5", ["outcome 1.4", "outcome 1.5"], []),
    ("1.4 : personne n'est laissé ; 1.5", ["outcome 1.4", "outcome 1.5"], []),
    # false friends: money, shares, time
    ("1.4 M€", [], ["unreadable-code"]),
    ("£3.20", [], ["unreadable-code"]),
    ("EUR 1.5", [], ["unreadable-code"]),
    ("1,5 million FCFA", [], ["unreadable-code"]),
    ("2.5 millones de pesos", [], ["unreadable-code"]),
    ("45.5 %", [], ["unreadable-code"]),
    ("12.5 pour cent", [], ["unreadable-code"]),
    ("12.5 por ciento", [], ["unreadable-code"]),
    ("3.5/5", [], ["unreadable-code"]),
    ("3.5 sur 5", [], ["unreadable-code"]),
    ("3.5 de 5", [], ["unreadable-code"]),
    ("8.30 am", [], ["unreadable-code"]),
    ("14h30", [], ["unreadable-code"]),
    ("a las 10.30 h", [], ["unreadable-code"]),
    ("12/05", [], ["date"]),
    ("5 de mayo de 2022", [], ["date"]),
    # laws, versions, goals
    ("article 16.2", [], ["unreadable-code"]),
    ("loi 16.2", [], ["unreadable-code"]),
    ("artículo 3.1", [], ["unreadable-code"]),
    ("ley 1.4", [], ["unreadable-code"]),
    ("§ 3.2", [], ["unreadable-code"]),
    ("alinéa 2.1", [], ["unreadable-code"]),
    ("inciso 3.2", [], ["unreadable-code"]),
    ("v2.1.3", [], ["unreadable-code"]),
    ("versión 2.1", [], ["unreadable-code"]),
    ("SDG target 5.2", [], ["unreadable-code"]),
    ("cible 5.2 des ODD", [], ["unreadable-code"]),
    ("meta 16.9.1", [], ["unreadable-code"]),
    ("ODS 16.9", [], ["unreadable-code"]),
    # amounts and distances, phones
    ("3.2 kilomètres", [], ["unreadable-code"]),
    ("10.5 kilómetros", [], ["unreadable-code"]),
    ("12.5 miles", [], ["unreadable-code"]),
    ("2.1 enfants", [], ["unreadable-code"]),
    ("3.2 children per woman", [], ["unreadable-code"]),
    ("1.5 niños", [], ["unreadable-code"]),
    ("2.5 fois", [], ["unreadable-code"]),
    ("1.5 degrees", [], ["unreadable-code"]),
    ("06.12.34.56.78", [], ["unreadable-code"]),
    ("+57 301 234 5678", [], ["unreadable-code"]),
    # nothing
    ("", [], []),
    ("   ", [], []),
)


def test_the_table_is_long():
    """A hundred and fifty cells and more, none of them twice."""
    assert len({cell for cell, _, _ in CELLS}) == len(CELLS) >= 150


@pytest.mark.parametrize(("cell", "codes", "problems"), CELLS)
def test_a_cell_of_codes(cell, codes, problems):
    """What is a code is read, what is none is told, nothing is guessed."""
    reading = read_codes(cell, field="framework_link")

    assert [str(code) for code in reading.codes] == codes
    assert list(reading.problems) == problems


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Outcome1.4, output 1.4.1", ["Outcome1.4", "output 1.4.1"]),
        ("  Résultat n° 1.4 ; 1.5.", ["Résultat n° 1.4", "1.5"]),
        ("œuvre: Effet 1.4", ["Effet 1.4"]),
        ("1.4.1-1.4.3", ["1.4.1", "1.4.1-1.4.3", "1.4.3"]),
    ],
)
def test_offsets_are_those_of_the_cell(cell, words):
    """The words behind a link are found where they stand."""
    codes = read_codes(cell, field="framework_link").codes

    assert [cell[code.start : code.end] for code in codes] == words


@pytest.mark.parametrize(
    ("cell", "maybe"),
    [
        ("2024-01-04", ("1.4", "4.1")),
        ("04 janv", ("1.4", "4.1")),
        ("1/4/2024", ("4.1", "1.4")),
        ("2001-04-01", ("4.1", "1.4", "4.1.1", "1.4.1")),
        ("45295", ("1.4", "4.1")),
        ("mars 2022", ()),
        ("1,4", ("1.4",)),
        ("1.4.1", ()),
    ],
)
def test_a_date_is_reported_with_the_codes_it_may_have_been(cell, maybe):
    """Reported, not repaired."""
    reading = read_codes(cell, field="framework_link")

    assert reading.maybe == maybe


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.4", "1.4"),
        ("01.04", "1.4"),
        ("2.0", "2"),
        ("1.10", "1.10"),
        ("1.0.1", "1.0.1"),
        ("3.B", "3.b"),
        ("3b", "3.b"),
        ("3 b", "3.b"),
        ("1·4", "1.4"),
    ],
)
def test_a_number_has_one_notation(typed, number):
    """Padding is none of its business; 1.10 is not 1.1."""
    assert normal_number(typed) == number


def test_a_text_in_the_column_of_codes_is_not_searched_for_ever():
    """A page of text is no list of codes."""
    reading = read_codes("Outcome 1.4 " * 1_000, field="framework_link")

    labels = read_objectives("word " * 3_000, field="objective_link")

    assert (reading.codes, reading.problems) == ((), ("unreadable-code",))
    assert (labels.codes, labels.problems) == ((), ("unreadable-objective",))


numbers = st.lists(st.integers(1, 99), min_size=2, max_size=4).map(
    lambda parts: ".".join(map(str, parts))
)
kinds = st.sampled_from(["Outcome ", "output", "Effet ", "produit: ", "Résultat n° ", "OC", ""])
separators = st.sampled_from([", ", "; ", "\n", " | ", " and ", " et ", " / ", "  "])


@given(st.lists(st.tuples(kinds, numbers), min_size=1, max_size=6), separators)
def test_every_code_of_a_list_is_read(items, separator):
    """However a list is separated, all numbers come out, in order and without repeats."""
    dated = {".".join(n.split(".")[:3]) for _, n in items}
    cell = separator.join(kind + number for kind, number in items)
    reading = read_codes(cell, field="f")
    read = [code.number for code in reading.codes]

    assert "date" in reading.problems or dict.fromkeys(read) == dict.fromkeys(
        number for _, number in items
    ), dated


denials = st.sampled_from(
    [
        "not ",
        "no link to ",
        "pas ",
        "n'est pas lié à ",
        "sans lien avec ",
        "sin relación con ",
        "ni ",
    ]
)


@given(numbers, kinds, denials, st.sampled_from(["1.1; ", "Outcome 1.1, ", "1.1\n", "1.1 ("]))
def test_a_code_that_is_denied_is_no_link(number, kind, denial, other):
    """Whatever its kind, and whatever stands before it, and nothing else is lost."""
    reading = read_codes(other + denial + kind + number, field="f")

    assert [str(code) for code in reading.codes] == ["outcome 1.1"]
    assert reading.problems


@given(numbers, st.sampled_from(["·", "٫", "．", "."]), kinds)
def test_a_number_is_one_code_whatever_its_point(number, point, kind):
    """The point of another keyboard makes no other code."""
    plain = read_codes(kind + number, field="f")
    other = read_codes(kind + number.replace(".", point), field="f")

    assert plain.problems == ("date",) or (plain.codes, plain.problems) == (
        other.codes,
        other.problems,
    )


@given(st.text(max_size=80))
def test_any_text_is_read_without_a_fault(text):
    """Codes lie within the cell; a cell that is not blank gives a code or a problem."""
    for reading in (read_codes(text, field="f"), read_objectives(text, field="f")):
        assert all(0 <= c.start < c.end <= len(text) for c in reading.codes)
        assert bool(reading.codes or reading.problems) == bool(text.strip())


@given(
    st.lists(
        st.sampled_from([*"0123456789.,;-/ :()\n", "Outcome ", "output", "et", "SDG "]), max_size=30
    )
)
def test_near_codes_are_read_without_a_fault(pieces):
    """Texts made of the grammar's own pieces."""
    text = "".join(pieces)
    reading = read_codes(text, field="f")

    assert bool(reading.codes or reading.problems) == bool(text.strip())
    assert len({(c.kind, c.number) for c in reading.codes}) == len(reading.codes)


#: Cell → (code, label), problems.
OBJECTIVES: tuple[tuple[str, list[tuple[str, str | None]], list[str]], ...] = (
    ("CIV: Less noise", [("CIV", "Less noise")], []),
    ("CIV : Less noise", [("CIV", "Less noise")], []),
    ("civ: less noise", [("CIV", "less noise")], []),
    ("CIV", [("CIV", None)], []),
    ("[CIV]", [("CIV", None)], []),
    ("CIV - Less noise", [("CIV", "Less noise")], []),
    ("CIV – Less (of it)", [("CIV", "Less (of it)")], []),
    ("CIV (Less noise)", [("CIV", "Less noise")], []),
    ("(CIV) Less noise", [("CIV", "Less noise")], []),
    ("CIV. Less noise", [("CIV", "Less noise")], []),
    ("CIV, GEN", [("CIV", None), ("GEN", None)], []),
    ("CIV / GEN", [("CIV", None), ("GEN", None)], []),
    ("CIV and GEN", [("CIV", None), ("GEN", None)], []),
    ("CIV et GEN", [("CIV", None), ("GEN", None)], []),
    ("CIV;GEN", [("CIV", None), ("GEN", None)], []),
    ("CIV|GEN", [("CIV", None), ("GEN", None)], []),
    ("CIV: One\nGEN: Two; and three", [("CIV", "One"), ("GEN", "Two; and three")], []),
    ("CIV:  One  GEN: two", [("CIV", "One"), ("GEN", "two")], []),
    ("CIV: One, GEN: two", [("CIV", "One"), ("GEN", "two")], []),
    ("CIV: Peace, HRD, and youth", [("CIV", "Peace, HRD, and youth")], []),
    ("CIV: One\nCIV: One", [("CIV", "One")], []),
    ("CIV\nCIV: One", [("CIV", "One")], []),
    ("SO1: Peace", [("SO1", "Peace")], []),
    ("so1: Peace", [("SO1", "Peace")], []),
    ("SO 1 - Peace", [("SO1", "Peace")], []),
    ("OS 2", [("OS2", None)], []),
    ("Objective 2: Peace", [("2", "Peace")], []),
    ("Specific Objective 2", [("2", None)], []),
    ("Objectif spécifique n°3 – La paix", [("3", "La paix")], []),
    ("Objetivo específico 1: La paz", [("1", "La paz")], []),
    ("Objective CIV: Less", [("CIV", "Less")], []),
    ("1", [("1", None)], []),
    ("1.0", [("1", None)], []),
    ("1, 2", [("1", None), ("2", None)], []),
    ("1. Peace", [("1", "Peace")], []),
    ("CIV: Less <redacted> noise", [("CIV", None)], []),
    ("Less noise in the hills", [], ["objective-without-code"]),
    ("Peace: more of it", [], ["objective-without-code"]),
    ("TBD", [], ["objective-without-code"]),
    ("YES", [], ["objective-without-code"]),
    ("see: annex", [], ["objective-without-code"]),
    ("2022", [], ["objective-without-code"]),
    ("CIV; something", [("CIV", None)], ["unreadable-objective"]),
    ("something; CIV", [("CIV", None)], ["unreadable-objective"]),
    ("2024-01-04", [], ["date"]),
    ("الهدف 2", [("2", None)], []),
    ("Obj. 2", [("2", None)], []),
    ("Objectivo 2 - Ruas seguras", [("2", "Ruas seguras")], []),
    ("", [], []),
)


@pytest.mark.parametrize(("cell", "codes", "problems"), OBJECTIVES)
def test_a_cell_of_objectives(cell, codes, problems):
    """A code in capitals, and its label where the cell has one."""
    reading = read_objectives(cell, field="objective_link")

    assert [(code.number, code.label) for code in reading.codes] == codes
    assert list(reading.problems) == problems


def test_an_objective_stands_where_its_code_stands():
    """Offsets are those of the code, not of its label."""
    cell = "CIV: One\nSO 2: Two"
    codes = read_objectives(cell, field="objective_link").codes

    assert [cell[code.start : code.end] for code in codes] == ["CIV", "SO 2"]
    assert {code.kind for code in codes} == {"objective"}
