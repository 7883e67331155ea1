/** The place of a value while a document is walked, written as upstream does: `spec.steps[0].name`. */
export class FieldPath {
  readonly #parts: (string | number)[] = [];

  pushKey(key: string): void {
    this.#parts.push(key);
  }

  /** Steps into an array, at its first element. */
  pushIndex(): void {
    this.#parts.push(0);
  }

  /** Moves on to the next element of the array stepped into last. */
  nextIndex(): void {
    const last = this.#parts.pop();
    this.#parts.push(typeof last === "number" ? last + 1 : 0);
  }

  pop(): void {
    this.#parts.pop();
  }

  toString(): string {
    let text = "";
    for (const part of this.#parts) {
      if (typeof part === "number") text += `[${part}]`;
      else text += text === "" ? part : `.${part}`;
    }
    return text;
  }
}
