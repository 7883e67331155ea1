import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/** A number that only grows. */
export interface Counter {
  increment(labels?: { readonly [label: string]: string }, by?: number): void;
}

/** A number that goes up and down. */
export interface Gauge {
  set(value: number, labels?: { readonly [label: string]: string }): void;
}

/** A distribution of observed values. */
export interface Histogram {
  observe(value: number, labels?: { readonly [label: string]: string }): void;
}

/** Makes metrics that `/metrics` serves; names follow Prometheus' rules. Injected by the class as token. */
export abstract class Metrics {
  static readonly [INJECTION_TOKEN]: string = "metrics";
  abstract counter(name: string, help: string, labels?: readonly string[]): Counter;
  abstract gauge(name: string, help: string, labels?: readonly string[]): Gauge;
  abstract histogram(name: string, help: string, labels?: readonly string[], buckets?: readonly number[]): Histogram;
}
