// The next seven days of a time group, as lines of times.
import type { TimeGroup } from '../../lib/api/rules';
import { currentLocale } from '../../lib/i18n/i18n.svelte';

export interface Day {
  date: string;
  name: string;
  times: string[];
}

/** The days from the first to the seventh; those without a time too. `today` is the first, as the group's clock has it. */
export function daysOf({ week }: Pick<TimeGroup, 'week'>, today: string): Day[] {
  const first = Date.parse(`${today}T00:00:00Z`);
  const name = new Intl.DateTimeFormat(currentLocale(), { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, index) => {
    const at = new Date(first + index * 86_400_000);
    const date = at.toISOString().slice(0, 10);
    const times = week.filter((span) => span.date === date).map(({ from, to }) => `${clock(from)}–${clock(to)}`);
    return { date, name: name.format(at), times };
  });
}

/** The date that a clock in this zone shows. */
export function dateIn(zone: string | null | undefined, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { ...(zone ? { timeZone: zone } : {}) }).format(now);
}

function clock(minute: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
