export const WIDTH = 720;
export const HEIGHT = 240;

const LEFT = 44;
const TOP = 8;
const AREA_HEIGHT = 140;
const BAR_HEIGHT = 26;

interface Day {
  opened: number;
  resolved: number;
  open: number;
}

export interface Slot {
  x: number;
  width: number;
  opened: number;
  resolved: number;
}

/** The next round number of the form 1, 2 or 5 times a power of ten, that is at least the given one. */
export function roundUp(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= value) ?? 10 * power;
}

/** Where the parts of the chart stand: the area of open alerts above, the bars of each day below. */
export function layout(days: readonly Day[]) {
  const top = roundUp(Math.max(1, ...days.map((day) => day.open)));
  const tallest = Math.max(1, ...days.map((day) => Math.max(day.opened, day.resolved)));
  const width = (WIDTH - LEFT) / days.length;
  const base = TOP + AREA_HEIGHT;
  const middle = base + 14 + BAR_HEIGHT;
  const y = (value: number) => base - (value / top) * AREA_HEIGHT;
  const bar = (value: number) => (value === 0 ? 0 : Math.max(1.5, (value / tallest) * BAR_HEIGHT));
  const slots: Slot[] = days.map((day, index) => ({ x: LEFT + index * width, width, opened: bar(day.opened), resolved: bar(day.resolved) }));
  const points = days.map((day, index) => `${(LEFT + (index + 0.5) * width).toFixed(1)},${y(day.open).toFixed(1)}`);
  const first = points[0]!.split(',')[0]!;
  const last = points.at(-1)!.split(',')[0]!;
  const steps = top === 1 ? [0, 1] : [0, top / 2, top];
  return {
    line: 'M' + points.join('L'),
    area: `M${first},${base}L${points.join('L')}L${last},${base}Z`,
    ticks: steps.map((value) => ({ value, y: y(value) })),
    slots,
    middle,
  };
}
