/** Another writer changed what a transaction had read: nothing was written, it has to run again. */
export class TransactionConflictError extends Error {
  constructor(key: string) {
    super(`${key} was changed while a transaction was using it`);
    this.name = "TransactionConflictError";
  }
}
