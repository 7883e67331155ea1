import type { ColumnOptions } from "@quarterdeck/sdk";
import { labelCell } from "../../columns/label-cell.js";
import { selectorCell } from "../../columns/selector-cell.js";
import { selectorColumn, templateColumns } from "../../columns/template-columns.js";
import { typedCell } from "../../columns/typed-cell.js";
import type * as apps from "../../types/apps-v1.js";

function count(name: string, description: string, read: (status: apps.DaemonSetStatus) => number): ColumnOptions {
  return { name, type: "integer", description, value: typedCell<apps.DaemonSet>(({ status }) => read(status)) };
}

/** The columns of `kubectl get daemonsets` on either side of the age. */
export const DAEMON_SET_COLUMNS = {
  desired: count("Desired", "How many nodes are to run a pod", (status) => status.desiredNumberScheduled),
  current: count("Current", "How many of these nodes have a pod", (status) => status.currentNumberScheduled),
  ready: count("Ready", "How many of these nodes have a pod that is ready", (status) => status.numberReady),
  upToDate: count(
    "Up-to-date",
    "How many nodes have a pod of the template as it is now",
    (status) => status.updatedNumberScheduled ?? 0,
  ),
  available: count(
    "Available",
    "How many nodes have a pod that has been ready for long enough",
    (status) => status.numberAvailable ?? 0,
  ),
  nodeSelector: {
    name: "Node Selector",
    type: "string",
    description: "The labels of the nodes that run a pod",
    value: typedCell<apps.DaemonSet>(({ spec }) => labelCell(spec.template.spec.nodeSelector)),
  },
  ...templateColumns<apps.DaemonSet>(({ spec }) => spec.template),
  selector: selectorColumn<apps.DaemonSet>(({ spec }) => selectorCell(spec.selector)),
} as const satisfies { readonly [column: string]: ColumnOptions };
