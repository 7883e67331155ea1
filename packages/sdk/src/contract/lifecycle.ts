/** Optional on every plugin class. `start` ends before the server is ready; `stop` runs after the last request. */
export interface Lifecycle {
  start?(): void | Promise<void>;
  stop?(): void | Promise<void>;
}
