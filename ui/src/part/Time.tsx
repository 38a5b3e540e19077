const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const ABSOLUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How far a time is from now, in words: `3 hours ago`. */
export function distance(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return RELATIVE.format(Math.trunc(seconds / length), unit);
  }
  return 'just now';
}

export function absolute(at: string): string {
  return ABSOLUTE.format(new Date(at));
}

/** A time as its distance from now, with the exact time on hover; `exact` shows the exact time. */
export function Time({ at, exact = false, otherwise = 'never' }: { at: string | undefined; exact?: boolean; otherwise?: string }) {
  if (at === undefined) return <span className="bw-quiet">{otherwise}</span>;
  const words = distance(new Date(at), new Date());
  return (
    <time dateTime={at} title={exact ? words : absolute(at)} className="bw-time">
      {exact ? absolute(at) : words}
    </time>
  );
}
