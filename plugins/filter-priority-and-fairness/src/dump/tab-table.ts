/** Rows of cells as upstream's dumps have them: separated by commas, and padded so that the columns stand below each other. */
export function tabTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries())
      if (column < row.length - 1) widths[column] = Math.max(widths[column] ?? 0, cell.length + 2, 8);
  }
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column < row.length - 1 ? `${cell},`.padEnd(widths[column] ?? 0) : cell)).join("");
  return rows.map((row) => `${line(row)}\n`).join("");
}
