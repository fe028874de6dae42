/** How wide the content of a column is at size 1: of its longest line, and of what cannot be broken. */
export type ColumnNeed = { readonly natural: number; readonly least: number };

export type Fit = { readonly size: number; readonly widths: readonly number[] };

const smallest = 5;
const sizes = [8, 7.5, 7, 6.5, 6, 5.5, smallest];
/** Above and below, left and right of a cell. */
export const padding = 2.5;

/** The largest size at which the columns fit beside each other, and the width of each; long lines are broken there. */
export function fitColumns(needs: readonly ColumnNeed[], width: number): Fit {
  const room = width - needs.length * 2 * padding;
  const least = sum(needs.map((need) => need.least));
  const size = sizes.find((one) => least * one <= room) ?? smallest;
  const inner =
    least * size > room ? needs.map((need) => need.least * (room / least)) : share(needs, size, room);
  return { size, widths: inner.map((one) => one + 2 * padding) };
}

/** What is left goes to those first who need least to show everything, and then to those that hold most. */
function share(needs: readonly ColumnNeed[], size: number, room: number): readonly number[] {
  const widths = needs.map((need) => need.least * size);
  let left = room - sum(widths);
  const wants = needs
    .map((need, index) => ({ index, want: (need.natural - need.least) * size }))
    .filter(({ want }) => want > 0)
    .toSorted((a, b) => a.want - b.want);
  for (const [place, { index, want }] of wants.entries()) {
    const given = Math.min(want, left / (wants.length - place));
    widths[index] = (widths[index] ?? 0) + given;
    left -= given;
  }
  const total = sum(widths);
  return left > 0.01 && total > 0 ? widths.map((one) => one * (room / total)) : widths;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
