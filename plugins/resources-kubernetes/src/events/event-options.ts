/** What both groups say of events. */
export const EVENT_OPTIONS = {
  shortNames: ["ev"],
  ttlSeconds: 3600,
  createOnUpdate: true,
  garbageCollection: "unsupported",
  defaultColumns: false,
} as const;
