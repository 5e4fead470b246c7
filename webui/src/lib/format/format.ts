// Dates, durations, sizes as the reader's language writes them, in the office's time zone.
import { currentLanguage, currentLocale, t } from '../i18n/i18n.svelte';
import { currentTimeZone } from './zone.svelte';

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(currentLocale(), { timeZone: currentTimeZone(), ...options });
}

function dayOf(at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: currentTimeZone(), dateStyle: 'short' }).format(at);
}

/** `09:12`, with seconds where asked. */
export function clock(at: string | Date, withSeconds = false): string {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  if (withSeconds) options.second = '2-digit';
  return dates(options).format(new Date(at));
}

/** The day as people say it: today, yesterday, else the date; the year only where it is another one. */
export function day(at: string | Date, now: Date = new Date()): string {
  const date = new Date(at);
  if (dayOf(date) === dayOf(now)) return t('time.today');
  if (dayOf(date) === dayOf(new Date(now.getTime() - 86_400_000))) return t('time.yesterday');
  const isThisYear = dayOf(date).slice(0, 4) === dayOf(now).slice(0, 4);
  return dates(isThisYear ? { day: 'numeric', month: 'short' } : { dateStyle: 'medium' }).format(date);
}

/** Day and time: `Today 09:12`. */
export function moment(at: string | Date, now: Date = new Date()): string {
  return `${day(at, now)} ${clock(at)}`;
}

/** Day and time in full, for titles. */
export function fullMoment(at: string | Date): string {
  return dates({ dateStyle: 'full', timeStyle: 'medium' }).format(new Date(at));
}

function wallClock(at: number): string {
  const options = { timeZone: currentTimeZone(), dateStyle: 'short', timeStyle: 'medium' } as const;
  return new Intl.DateTimeFormat('sv-SE', options).format(at).replace(' ', 'T');
}

/** A moment on the office's clock, as a field for one has it. */
export const localOf = (at: string): string => wallClock(Date.parse(at)).slice(0, 16);

/** The moment of `2026-03-29T02:30` on the office's clock; nothing where it is none. What a clock skips is the hour after. */
export function instantOf(local: string): string | undefined {
  const wall = Date.parse(`${local}Z`);
  if (Number.isNaN(wall)) return undefined;
  const ahead = (at: number) => Date.parse(`${wallClock(at)}Z`) - at;
  const first = wall - ahead(wall);
  return new Date(wall - ahead(first)).toISOString();
}

/** A timer: `0:07`, `12:34`, `1:02:03`. Never negative: a clock of the reader's that is behind shows 0:00. */
export function timer(milliseconds: number): string {
  const s = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

/** A size in the unit that leaves one to three digits before the point. */
export function size(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: units[unit],
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

/** `12 %`, of percent as the box counts them. */
export function share(percent: number): string {
  return new Intl.NumberFormat(currentLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(percent / 100);
}

/** `3.2 %`, of a share that a tenth of a percent matters in. */
export function fineShare(percent: number): string {
  return new Intl.NumberFormat(currentLocale(), { style: 'percent', maximumFractionDigits: 1 }).format(percent / 100);
}

/** How long ago, in the largest whole unit: `3 minutes ago`. */
export function ago(at: string | Date, now: Date = new Date()): string {
  const s = Math.max(0, (now.getTime() - new Date(at).getTime()) / 1000);
  const format = new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto' });
  if (s < 60) return format.format(0, 'second');
  if (s < 3600) return format.format(-Math.floor(s / 60), 'minute');
  if (s < 86_400) return format.format(-Math.floor(s / 3600), 'hour');
  return format.format(-Math.floor(s / 86_400), 'day');
}

/** How long something has run: `3 days`, `5 hours`, `12 minutes`. */
export function span(seconds: number): string {
  const [value, unit] =
    seconds >= 86_400
      ? [seconds / 86_400, 'day']
      : seconds >= 3600
        ? [seconds / 3600, 'hour']
        : seconds >= 60
          ? [seconds / 60, 'minute']
          : [seconds, 'second'];
  const options = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(currentLocale(), options).format(Math.floor(value as number));
}

/** A country's name by its two letters. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(currentLanguage(), { type: 'region', fallback: 'code' }).of(code) ?? code;
}

/** A language's name in itself. */
export function languageName(code: string): string {
  return new Intl.DisplayNames(code, { type: 'language', fallback: 'code' }).of(code) ?? code;
}
