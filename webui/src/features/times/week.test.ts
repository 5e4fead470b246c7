import { expect, test } from 'vitest';
import { dateIn, daysOf } from './week';

test('seven days are shown, with several times a day and none', () => {
  const days = daysOf({ week: [{ date: '2026-12-31', from: 480, to: 720 }, { date: '2026-12-31', from: 780, to: 1440 }] }, '2026-12-30');
  expect(days.map((day) => day.date)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04', '2027-01-05']);
  expect(days[1]!.times).toEqual(['08:00–12:00', '13:00–24:00']);
  expect(days[0]!.times).toEqual([]);
});

test('the day is that of the clock of the group', () => {
  const now = new Date('2026-12-31T22:00:00Z');
  expect([dateIn('Australia/Sydney', now), dateIn('America/New_York', now)]).toEqual(['2027-01-01', '2026-12-31']);
});
