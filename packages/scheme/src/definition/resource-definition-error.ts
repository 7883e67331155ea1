import { nearest } from "./nearest.js";

/** What is wrong in a decorated class, before the file it is from is known. */
export interface DefinitionMistake {
  readonly className: string;
  /** The field, decorator or option that the mistake stands on, such as `replicas` or `@Scale`; empty for the class. */
  readonly subject?: string;
  readonly problem: string;
  readonly value?: unknown;
  /** The words that would have been right, of which the nearest is offered. */
  readonly known?: Iterable<string>;
  readonly source?: string;
}

function shown(value: unknown): string {
  if (typeof value === "function") return value.name;
  return JSON.stringify(value) ?? String(value);
}

/**
 * A mistake in a decorated class or in a set of them. It stops the start; the message is one line that names class,
 * field, value and, when one is close, the word that was probably meant.
 */
export class ResourceDefinitionError extends Error {
  override readonly name = "ResourceDefinitionError";
  readonly className: string;
  /** Where the class is from, as the caller of the compiler says. */
  readonly source: string;
  readonly value: unknown;
  readonly nearest: string | undefined;

  constructor(readonly mistake: DefinitionMistake) {
    const { className, subject = "", problem, value, known } = mistake;
    const guess = known === undefined || typeof value !== "string" ? undefined : nearest(value, known);
    const where =
      subject === "" ? className : subject.startsWith("@") ? `${className} ${subject}` : `${className}.${subject}`;
    const what = value === undefined ? problem : `${problem}: ${shown(value)}`;
    super(`${where}: ${what}${guess === undefined ? "" : `; did you mean ${JSON.stringify(guess)}?`}`);
    this.className = className;
    this.source = mistake.source ?? "";
    this.value = value;
    this.nearest = guess;
  }

  /** The same mistake with the file it was found in. */
  from(source: string): ResourceDefinitionError {
    return new ResourceDefinitionError({ ...this.mistake, source });
  }
}
