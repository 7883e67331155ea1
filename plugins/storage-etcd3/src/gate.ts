/** Lets those wait who need something that is not there at present. */
export class Gate {
  readonly #waiting = new Set<() => void>();

  /** All who wait may look again. */
  open(): void {
    for (const resolve of this.#waiting) {
      resolve();
    }
    this.#waiting.clear();
  }

  /** Resolves when it is opened, or after so many milliseconds. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const pass = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(pass);
        resolve();
      };
      const timer = setTimeout(pass, milliseconds);
      this.#waiting.add(pass);
    });
  }
}
