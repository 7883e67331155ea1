import { SelectorError } from "./selector-error.js";

/** One condition of a field selector: the field equals the value or does not. */
export interface FieldRequirement {
  readonly field: string;
  readonly operator: "=" | "!=";
  readonly value: string;
}

/** All conditions of a field selector, sorted by their text; an empty list matches every object. */
export interface FieldSelector {
  readonly requirements: readonly FieldRequirement[];
  /** `read` answers the text of a field; absent fields read as the empty string. */
  matches(read: (field: string) => string): boolean;
  /** The value that a field is fixed to by an equality, if it is. */
  exact(field: string): string | undefined;
}

function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    // a backslash keeps the next character from ending the term
    if (character === "\\") at++;
    else if (character === ",") {
      terms.push(text.slice(start, at));
      start = at + 1;
    }
  }
  terms.push(text.slice(start));
  return terms;
}

function splitTerm(term: string): FieldRequirement | undefined {
  for (let at = 0; at < term.length; at++) {
    if (term.startsWith("!=", at)) return requirement(term, at, 2, "!=");
    if (term.startsWith("==", at)) return requirement(term, at, 2, "=");
    if (term.charAt(at) === "=") return requirement(term, at, 1, "=");
  }
  return undefined;
}

function requirement(term: string, at: number, width: number, operator: "=" | "!="): FieldRequirement {
  return { field: term.slice(0, at), operator, value: unescapeValue(term.slice(at + width)) };
}

function unescapeValue(text: string): string {
  if (!/[\\,=]/.test(text)) return text;
  let value = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\") {
      const next = text.charAt(++at);
      if (next !== "\\" && next !== "," && next !== "=") {
        throw new SelectorError(`invalid field selector: invalid escape sequence: \\${next}`);
      }
      value += next;
    } else if (character === "," || character === "=") {
      // upstream prints the character's code point
      throw new SelectorError(`invalid field selector: unescaped character in value: ${character.charCodeAt(0)}`);
    } else value += character;
  }
  return value;
}

/**
 * Reads the text form of a field selector, such as `metadata.name=x,spec.image!=y`; `\` escapes `,` `=` and `\` in
 * values. Throws {@link SelectorError} with upstream's wording (`k8s.io/apimachinery/pkg/fields`).
 */
export function parseFieldSelector(text: string): FieldSelector {
  const requirements: FieldRequirement[] = [];
  for (const term of splitTerms(text).sort()) {
    if (term === "") continue;
    const parsed = splitTerm(term);
    if (parsed === undefined) {
      throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
    }
    requirements.push(parsed);
  }
  return {
    requirements,
    matches: (read) => requirements.every((one) => (read(one.field) === one.value) === (one.operator === "=")),
    exact: (field) => requirements.find((one) => one.field === field && one.operator === "=")?.value,
  };
}
