/* Texts compared as people mean them: without accents, case, invisible characters. Pure functions. */

/** Folded like kg.vocab.fold: what people type finds what was written. */
export function fold(text: string): string {
  // Most texts are plain, and what takes accents off takes time.
  if (/^[ -_a-~]*$/.test(text)) return text.toLowerCase().replace(/ {2,}/g, " ").trim();
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[’ʼ`´]/g, "'")
    .replace(/\s+/gu, " ")
    .trim();
}

/** The words of a folded text. */
export const wordsOf = (folded: string): string[] => folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
