/* What the page says, in the reader's language. */
import texts from "../texts.json";
import type { Labels, Scene } from "../model/data.ts";
import { inLanguage, type Model } from "../model/model.ts";
import { UNKNOWN } from "../model/facets.ts";

export type Texts = (typeof texts)["en"];
// Both languages say the same things: a missing text does not compile.
const both: Record<string, Texts> = { en: texts.en, fr: texts.fr };

export const LANGUAGES = Object.keys(both);

export const textsOf = (language: string): Texts => both[language] ?? both.en;

/** A text with its gaps filled. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (gap, name: string) => (name in values ? String(values[name]) : gap));

/** The form for one, none or many. */
export function plural(forms: { one: string; many: string; none?: string }, n: number): string {
  return fill(n === 1 ? forms.one : n === 0 && forms.none ? forms.none : forms.many, { n });
}

const own = <T>(record: Record<string, T> | undefined, key: string): T | undefined =>
  record && Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined;

/** Names of what is in the graph. */
export class Words {
  readonly language: string;
  private readonly scene: Scene;

  constructor(scene: Scene, language: string) {
    this.scene = scene;
    this.language = language;
  }

  private get shared() {
    return this.scene.texts[this.language] ?? this.scene.texts.en;
  }

  text(labels: Labels): string {
    return inLanguage(labels, this.language);
  }

  label(model: Model, node: number): string {
    return this.text(model.scene.nodes.label[node]) || model.scene.nodes.short[node] || "–";
  }

  /** A word of the ontology, else its slug as words. */
  term(scheme: string, slug: string): string {
    const labels = own(this.scene.terms, `${scheme}/${slug}`);
    return (labels && this.text(labels)) || slug.replace(/-/g, " ");
  }

  field(slug: string): string {
    return own(this.shared.fields, slug) ?? this.term("field", slug);
  }

  kind(kind: string, n = 1): string {
    const forms = own(this.shared.kinds, kind);
    return forms ? (n === 1 ? forms.one : forms.many) : kind;
  }

  relation(relation: string, form: "legend" | "out" | "in" | "says"): string {
    return own(this.shared.relations, relation)?.[form] ?? relation.replace(/-/g, " ");
  }

  family(family: string): string {
    return own(this.shared.family, family) ?? "";
  }

  gap(kind: string): string {
    return own(this.shared.gap, kind) ?? "";
  }

  /** A value of a field or facet: booleans and what is not known as words. */
  value(labels: Labels): string {
    const texts = textsOf(this.language);
    const text = this.text(labels);
    if (text === UNKNOWN) return texts.unknown;
    return text === "true" ? texts.yes : text === "false" ? texts.no : text;
  }
}
