import { render, screen } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { Component } from 'svelte';
import Grid, { type Column } from './Grid.svelte';

const rows = [
  { id: 1, name: 'Front Desk' },
  { id: 2, name: 'Workshop' },
];
type Row = (typeof rows)[0];
const Shown = Grid as Component<{ label: string; columns: Column<Row>[]; rows: Row[]; key: (row: Row) => number; total?: number; onopen?: (row: Row) => void }>;
const columns: Column<Row>[] = [
  { id: 'id', label: 'Number', text: (row) => String(row.id) },
  { id: 'name', label: 'Name', text: (row) => row.name },
];
const press = (key: string, more: KeyboardEventInit = {}) =>
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
const shown = () => document.activeElement?.textContent?.trim();

test('the grid says how large it is, and is one stop for Tab', () => {
  render(Shown, { label: 'People', columns, rows, key: (row) => row.id, total: 2 });
  const grid = screen.getByRole('grid', { name: 'People' });
  expect(grid.getAttribute('aria-rowcount')).toBe('3');
  expect(screen.getAllByRole('row').map((row) => row.getAttribute('aria-rowindex'))).toEqual(['1', '2', '3']);
  expect(grid.querySelectorAll('[tabindex="0"]').length).toBe(1);
});

test('arrows, Home, End and the ends of the grid', async () => {
  const onopen = vi.fn();
  render(Shown, { label: 'People', columns, rows, key: (row) => row.id, onopen });
  document.querySelector<HTMLElement>('[tabindex="0"]')!.focus();
  expect(shown()).toBe('1');
  press('ArrowRight');
  press('ArrowDown');
  expect(shown()).toBe('Workshop');
  press('ArrowDown');
  press('ArrowRight');
  expect(shown()).toBe('Workshop');
  press('Home');
  expect(shown()).toBe('2');
  press('Home', { ctrlKey: true });
  expect(shown()).toBe('Number');
  press('End', { ctrlKey: true });
  expect(shown()).toBe('Workshop');
  press('ArrowUp', { altKey: true });
  expect(shown()).toBe('Workshop');
  press('Enter');
  expect(onopen).toHaveBeenCalledExactlyOnceWith(rows[1]);
});
