import type { Line } from "./measure.js";
export async function benchEtcd(_rounds: number): Promise<Line[]> {
  return [];
}
