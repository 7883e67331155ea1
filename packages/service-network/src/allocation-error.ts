/** Why an address or a port cannot be had, in upstream's words. */
export class AllocationError extends Error {
  constructor(
    message: string,
    /** All of the range is taken. */
    readonly full: boolean = false,
  ) {
    super(message);
    this.name = "AllocationError";
  }
}

/** Every address or port of the range is taken. */
export function rangeFull(): AllocationError {
  return new AllocationError("range is full", true);
}
