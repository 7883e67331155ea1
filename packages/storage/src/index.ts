export * from "./cached-resource-store.js";
export * from "./object-selector.js";
export { RenditionBudget } from "./rendition-budget.js";
export * from "./resource-store.js";
export { storageFailure } from "./storage-failure.js";
export * from "./store-options.js";
export * from "./stored-object.js";
export { Transaction } from "./transaction.js";
export { TransactionConflictError } from "./transaction-conflict-error.js";
