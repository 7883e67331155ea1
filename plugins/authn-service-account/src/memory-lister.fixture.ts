import type { KubeObject, ObjectMeta } from "@quarterdeck/meta";
import type { Lister } from "@quarterdeck/sdk";

/** A lister of objects that a test puts there; `stale` ones are seen by the store alone. */
export class MemoryLister implements Lister {
  readonly objects = new Map<string, KubeObject>();
  readonly unheard = new Map<string, KubeObject>();

  put(metadata: ObjectMeta, fields: object = {}, where = this.objects): void {
    const object: KubeObject = { apiVersion: "v1", kind: "Any", ...fields, metadata };
    where.set(`${metadata.namespace ?? ""}/${metadata.name}`, object);
  }

  get(name: string, namespace = ""): KubeObject | undefined {
    return this.objects.get(`${namespace}/${name}`);
  }

  list(): readonly KubeObject[] {
    return [...this.objects.values()];
  }

  async getFresh(name: string, namespace = ""): Promise<KubeObject | undefined> {
    return this.unheard.get(`${namespace}/${name}`) ?? this.get(name, namespace);
  }

  observe(): () => void {
    return () => {};
  }
}
