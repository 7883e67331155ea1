import { describe, expect, it } from "vitest";
import { MetricError, MetricRegistry } from "./metric-registry.js";
import { PluginMetrics } from "./plugin-metrics.js";

describe("MetricRegistry", () => {
  it("renders counters, gauges and histograms as Prometheus reads them", async () => {
    const registry = new MetricRegistry();
    registry.counter("requests_total", "All\nrequests.", ["verb", "path"]).series("GET", 'a"b\\c\n').value += 2;
    registry.gauge("depth", "Now.", [], (family) => {
      family.series().value = 7;
    });
    const histogram = registry.histogram("seconds", "Time.", ["verb"], [0.1, 1]);
    for (const value of [0.05, 0.1, 0.5, 3]) histogram.series("GET").observe(value);
    registry.counter("never_used", "Nothing.", ["verb"]);

    const text = await registry.render();
    expect(text).toContain("# HELP requests_total All\\nrequests.\n# TYPE requests_total counter\n");
    expect(text).toContain('requests_total{verb="GET",path="a\\"b\\\\c\\n"} 2\n');
    expect(text).toContain("# TYPE depth gauge\ndepth 7\n");
    expect(text).toContain(
      [
        'seconds_bucket{verb="GET",le="0.1"} 2',
        'seconds_bucket{verb="GET",le="1"} 3',
        'seconds_bucket{verb="GET",le="+Inf"} 4',
        'seconds_sum{verb="GET"} 3.65',
        'seconds_count{verb="GET"} 4',
      ].join("\n"),
    );
    expect(text).not.toContain("never_used");
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
  });

  it("gives the same family again and refuses another under its name", () => {
    const registry = new MetricRegistry();
    const first = registry.counter("a_total", "A.", ["x"]);
    expect(registry.counter("a_total", "A.", ["x"])).toBe(first);
    expect(() => registry.counter("a_total", "A.", ["y"])).toThrow(MetricError);
    expect(() => registry.gauge("a_total", "A.", ["x"])).toThrow(MetricError);
    expect(() => registry.histogram("a_total", "A.", ["x"])).toThrow(MetricError);
    expect(() => registry.counter("a-b", "A.")).toThrow(MetricError);
    expect(() => registry.counter("b_total", "A.", ["a b"])).toThrow(MetricError);
  });
});

describe("PluginMetrics", () => {
  it("serves what plugins count", async () => {
    const registry = new MetricRegistry();
    const metrics = new PluginMetrics(registry);
    const counter = metrics.counter("denied_total", "Denied.", ["reason"]);
    counter.increment({ reason: "label" });
    counter.increment({ reason: "label" }, 4);
    counter.increment();
    metrics.gauge("level", "Level.").set(2.5);
    metrics.histogram("wait_seconds", "Wait.", [], [1]).observe(0.5);
    const text = await registry.render();
    expect(text).toContain('denied_total{reason="label"} 5\ndenied_total{reason=""} 1\n');
    expect(text).toContain("level 2.5\n");
    expect(text).toContain('wait_seconds_bucket{le="1"} 1\n');
  });
});
