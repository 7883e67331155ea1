import type { KubeObject } from "@quarterdeck/meta";
import { MANDATORY_LEVELS, MANDATORY_SCHEMAS } from "./bootstrap/mandatory-objects.js";
import type { FlowMetrics } from "./flow-metrics.js";
import { FlowSeries } from "./flow-series.js";
import type { Levels } from "./levels/levels.js";
import { Classifier } from "./matching/classifier.js";
import { FlowSchema } from "./matching/flow-schema.js";
import { levelSettings } from "./objects/level-settings.js";
import { bySchemaOrder, schemaSettings } from "./objects/schema-settings.js";

/** Adds those of the mandatory objects that are missing. */
function withMandatory(objects: readonly KubeObject[], mandatory: readonly KubeObject[]): readonly KubeObject[] {
  const names = new Set(objects.map(({ metadata }) => metadata.name));
  return [...objects, ...mandatory.filter(({ metadata }) => !names.has(metadata.name))];
}

/**
 * Puts levels and schemas into use as objects say, and gives the classifier for them. Mandatory ones that are missing are
 * imagined; a schema whose level does not exist is not used.
 */
export function configure(
  levels: Levels,
  metrics: FlowMetrics,
  levelObjects: readonly KubeObject[],
  schemaObjects: readonly KubeObject[],
): Classifier {
  const usable = levelObjects.filter((object) => levelSettings(object) !== undefined);
  const settings = withMandatory(usable, MANDATORY_LEVELS).map(levelSettings);
  levels.configure(settings.filter((one) => one !== undefined));
  const schemas: FlowSchema[] = [];
  for (const one of withMandatory(schemaObjects, MANDATORY_SCHEMAS).map(schemaSettings).sort(bySchemaOrder)) {
    const level = levels.get(one.level);
    if (level === undefined) continue;
    const series = new FlowSeries(metrics, { priority_level: level.name, flow_schema: one.name });
    schemas.push(new FlowSchema(one, level, series));
  }
  const lastResort = schemas.find(({ name }) => name === "catch-all") ?? schemas[schemas.length - 1];
  if (lastResort === undefined) throw new RangeError("there is no flow schema");
  return new Classifier(schemas, lastResort);
}
