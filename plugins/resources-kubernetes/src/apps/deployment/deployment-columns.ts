import type { ColumnOptions } from "@quarterdeck/sdk";
import { isSelector } from "../../checks/check-selector.js";
import { selectorText } from "../../columns/selector-cell.js";
import { selectorColumn, templateColumns } from "../../columns/template-columns.js";
import { typedCell } from "../../columns/typed-cell.js";
import type * as apps from "../../types/apps-v1.js";

function selectorCell({ spec: { selector } }: apps.Deployment): string {
  return isSelector(selector ?? undefined) ? (selectorText(selector) ?? "") : "<invalid>";
}

/** The columns of `kubectl get deployments` on either side of the age. */
export const DEPLOYMENT_COLUMNS = {
  ready: {
    name: "Ready",
    type: "string",
    description: "How many of the wanted pods are ready",
    value: typedCell<apps.Deployment>(({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`),
  },
  upToDate: {
    name: "Up-to-date",
    type: "string",
    description: "How many pods are of the template as it is now",
    value: typedCell<apps.Deployment>(({ status }) => status.updatedReplicas ?? 0),
  },
  available: {
    name: "Available",
    type: "string",
    description: "How many pods have been ready for long enough",
    value: typedCell<apps.Deployment>(({ status }) => status.availableReplicas ?? 0),
  },
  ...templateColumns<apps.Deployment>(({ spec }) => spec.template),
  selector: selectorColumn<apps.Deployment>(selectorCell),
} as const satisfies { readonly [column: string]: ColumnOptions };
