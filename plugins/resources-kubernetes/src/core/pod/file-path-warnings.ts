import { quoteText } from "@quarterdeck/meta";
import type * as core from "../../types/core-v1.js";

/** A file in a volume and what it is made of. */
interface PlacedFile {
  readonly path: string;
  readonly source: string;
}

/** More files of a volume are not held against the others: a hostile pod could have as many as its body has room for. */
const MOST_FILES = 200;

type Items = readonly { readonly path: string }[] | undefined;

function show({ path, source }: PlacedFile): string {
  return source === "" ? quoteText(path) : `${quoteText(path)} (${source})`;
}

/** True when both are one file, or one would be a folder of the other. */
function overlap(left: PlacedFile, right: PlacedFile): boolean {
  if (left.path === "" || right.path === "") return false;
  return `${left.path}/`.startsWith(`${right.path}/`) || `${right.path}/`.startsWith(`${left.path}/`);
}

/** Remembers files, and gives a text for each pair that overlaps. */
class Files {
  private readonly seen: PlacedFile[] = [];

  add(files: readonly PlacedFile[]): string[] {
    const found: string[] = [];
    for (const { path, source } of files) {
      const file = { path: path.replace(/\/+$/, ""), source };
      for (const other of this.seen) if (overlap(other, file)) found.push(`${show(file)} with ${show(other)}`);
      if (this.seen.length < MOST_FILES) this.seen.push(file);
    }
    return found;
  }
}

function placed(items: Items, source: string): PlacedFile[] {
  return (items ?? []).map(({ path }) => ({ path, source }));
}

function certificateFiles(source: core.PodCertificateProjection): PlacedFile[] {
  const files = [
    { path: source.certificateChainPath ?? "", source: "PodCertificate chain" },
    { path: source.keyPath ?? "", source: "PodCertificate key" },
    { path: source.credentialBundlePath ?? "", source: "PodCertificate credential bundle" },
  ];
  return files.filter(({ path }) => path !== "");
}

/** The files of one source; the first that is there counts, as validation lets no second one be. */
function projectedFiles(source: core.VolumeProjection): PlacedFile[] {
  const { configMap, secret, downwardAPI, serviceAccountToken, clusterTrustBundle, podCertificate } = source;
  if (configMap?.items !== undefined) return placed(configMap.items, `ConfigMap ${quoteText(configMap.name ?? "")}`);
  if (secret?.items !== undefined) return placed(secret.items, `Secret ${quoteText(secret.name ?? "")}`);
  if (downwardAPI?.items !== undefined) return placed(downwardAPI.items, "DownwardAPI");
  if (serviceAccountToken !== undefined) return placed([serviceAccountToken], "ServiceAccountToken");
  if (clusterTrustBundle !== undefined) {
    const name = clusterTrustBundle.name ?? clusterTrustBundle.signerName ?? "";
    return placed([clusterTrustBundle], `ClusterTrustBundle ${quoteText(name)}`);
  }
  return podCertificate === undefined ? [] : certificateFiles(podCertificate);
}

function projectedWarnings(name: string, { sources }: core.ProjectedVolumeSource): string[] {
  const files = new Files();
  const warnings: string[] = [];
  for (const source of sources ?? []) {
    if (Object.keys(source).length === 0) {
      warnings.push(`volume ${quoteText(name)} (Projected) has no sources provided`);
      continue;
    }
    for (const pair of files.add(projectedFiles(source)))
      warnings.push(`volume ${quoteText(name)} (Projected): overlapping paths: ${pair}`);
  }
  return warnings;
}

/** The warnings about files of one volume of which one would overwrite another. */
export function filePathWarnings({ name, configMap, secret, downwardAPI, projected }: core.Volume): string[] {
  const warnings: string[] = [];
  const warn = (source: string, items: Items) => {
    for (const pair of new Files().add(placed(items, "")))
      warnings.push(`volume ${quoteText(name)} (${source}): overlapping paths: ${pair}`);
  };
  if (configMap !== undefined) warn(`ConfigMap ${quoteText(configMap.name ?? "")}`, configMap.items);
  if (secret !== undefined) warn(`Secret ${quoteText(secret.secretName ?? "")}`, secret.items);
  if (downwardAPI !== undefined) warn("DownwardAPI", downwardAPI.items);
  if (projected !== undefined) warnings.push(...projectedWarnings(name, projected));
  return warnings;
}
