/** Told how long each filter took before it passed the request on, in milliseconds; `index` is its place in the chain. */
export interface FilterObserver {
  observe(index: number, milliseconds: number): void;
}
