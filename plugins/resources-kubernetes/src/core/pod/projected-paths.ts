import type { FieldErrors } from "@quarterdeck/meta";

/** The paths of one projected volume: no two sources may write the same. */
export class ProjectedPaths {
  readonly #seen = new Set<string>();

  constructor(
    /** The path of the volume's source, where upstream tells of conflicts. */
    private readonly path: string,
    private readonly errors: FieldErrors,
  ) {}

  add(target: string, value = target): void {
    if (this.#seen.has(target)) this.errors.invalid(this.path, value, "conflicting duplicate paths");
    this.#seen.add(target);
  }
}
