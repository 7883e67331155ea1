import { ResourceDefinitionError } from "./resource-definition-error.js";

/** The class and the field or decorator that is being compiled, for messages. */
export class Place {
  constructor(
    readonly className: string,
    readonly subject = "",
  ) {}

  /** A part of this place, such as `steps.items`. */
  at(part: string): Place {
    return new Place(this.className, this.subject === "" ? part : `${this.subject}.${part}`);
  }

  /** The error for a mistake here; `known` are the words of which the nearest to `value` is offered. */
  mistake(problem: string, value?: unknown, known?: Iterable<string>): ResourceDefinitionError {
    return new ResourceDefinitionError({
      className: this.className,
      subject: this.subject,
      problem,
      ...(value === undefined ? {} : { value }),
      ...(known === undefined ? {} : { known }),
    });
  }
}
