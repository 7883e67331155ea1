import { INJECTION_TOKEN } from "../plugin/injection-token.js";

/** One series of a counter, looked up once: counting costs no more than an addition. */
export interface CounterSeries {
  increment(by?: number): void;
}

/** One series of a gauge, looked up once. */
export interface GaugeSeries {
  set(value: number): void;
  add(change: number): void;
}

/** One series of a histogram, looked up once. */
export interface HistogramSeries {
  observe(value: number): void;
}

/** A number that only grows. */
export interface Counter {
  /** The series of these labels, for whoever counts it often. */
  series(labels: { readonly [label: string]: string }): CounterSeries;
  increment(labels?: { readonly [label: string]: string }, by?: number): void;
}

/** A number that goes up and down. */
export interface Gauge {
  series(labels: { readonly [label: string]: string }): GaugeSeries;
  set(value: number, labels?: { readonly [label: string]: string }): void;
}

/** A distribution of observed values. */
export interface Histogram {
  series(labels: { readonly [label: string]: string }): HistogramSeries;
  observe(value: number, labels?: { readonly [label: string]: string }): void;
}

/** Makes metrics that `/metrics` serves; names follow Prometheus' rules. Injected by the class as token. */
export abstract class Metrics {
  static readonly [INJECTION_TOKEN]: string = "metrics";
  abstract counter(name: string, help: string, labels?: readonly string[]): Counter;
  abstract gauge(name: string, help: string, labels?: readonly string[]): Gauge;
  abstract histogram(name: string, help: string, labels?: readonly string[], buckets?: readonly number[]): Histogram;
}
