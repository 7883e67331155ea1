import { ApiObject, Field, Resource, Spec, Status } from "@quarterdeck/sdk";

/** What a machine is to do. */
export class MachineSpec {
  @Field() host?: string;
  @Field({ type: "integer", minimum: 0 }) graceSeconds?: number;
}

/** What a machine does. */
export class MachineStatus {
  @Field() phase?: string;
}

/** A kind that is deleted as pods are: gracefully while it runs somewhere, and the delete is answered with the object. */
@Resource({ group: "example.com", version: "v1", kind: "Machine", returnDeletedObject: true })
export class Machine extends ApiObject<MachineSpec, MachineStatus> {
  @Spec() override spec?: MachineSpec;
  @Status() override status?: MachineStatus;

  override gracePeriod(asked: number | undefined): number {
    if (this.spec?.host === undefined || this.status?.phase === "Ended") return 0;
    return asked ?? this.spec.graceSeconds ?? 0;
  }
}

/** The machines of a namespace. */
export const MACHINES = "/apis/example.com/v1/namespaces/default/machines";

/** A machine that runs. */
export function machine(name: string, metadata: object = {}): object {
  return { metadata: { name, ...metadata }, spec: { host: "a", graceSeconds: 30 } };
}
