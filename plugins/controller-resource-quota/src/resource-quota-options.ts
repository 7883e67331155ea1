import { Field } from "@quarterdeck/sdk";

/** The options of the controller. */
export class ResourceQuotaOptions {
  @Field({
    type: "number",
    minimum: 0,
    maximum: 86400,
    default: 300,
    description: "Seconds after which all quotas are counted anew; 0 never. Upstream's --resource-quota-sync-period.",
  })
  resyncSeconds!: number;
}
