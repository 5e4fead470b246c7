// Keys of a grid (ARIA Authoring Practices, "grid"): one stop for the Tab key, arrows inside. A stop is a cell, or each
// button, link and field in it.
import type { Attachment } from 'svelte/attachments';

const WIDGETS = 'a[href], button, select, input';
/** Rows that Page Up and Page Down go. */
const PAGE = 10;

/** Makes an element with `role=row` and `role=gridcell` or `columnheader` descendants a grid for the keyboard. */
export function roving(): Attachment<HTMLElement> {
  return (grid) => {
    let current: HTMLElement | undefined;

    const rows = () =>
      [...grid.querySelectorAll<HTMLElement>('[role=row]')].map(stopsOf).filter((stops) => stops.length > 0);

    const settle = () => {
      const stops = rows();
      const all = stops.flat();
      if (!current || !all.includes(current)) current = (stops[1] ?? stops[0])?.[0];
      for (const stop of all) stop.tabIndex = stop === current ? 0 : -1;
    };

    const to = (stop: HTMLElement | undefined) => {
      if (!stop) return;
      current = stop;
      settle();
      stop.focus();
      stop.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
    };

    const onfocusin = (event: FocusEvent) => {
      const stop = rows()
        .flat()
        .find((candidate) => candidate === event.target);
      if (stop && stop !== current) {
        current = stop;
        settle();
      }
    };

    const onkeydown = (event: KeyboardEvent) => {
      if (event.altKey || event.metaKey || !current || isTyping(event)) return;
      const all = rows();
      const y = all.findIndex((stops) => stops.includes(current as HTMLElement));
      if (y < 0) return;
      const x = all[y]!.indexOf(current);
      const row = (index: number) => all[Math.min(Math.max(index, 0), all.length - 1)]!;
      const at = (stops: HTMLElement[]) => stops[Math.min(x, stops.length - 1)];
      const next: Record<string, () => HTMLElement | undefined> = {
        ArrowRight: () => all[y]![x + 1],
        ArrowLeft: () => all[y]![x - 1],
        ArrowDown: () => at(row(y + 1)),
        ArrowUp: () => at(row(y - 1)),
        PageDown: () => at(row(y + PAGE)),
        PageUp: () => at(row(y - PAGE)),
        Home: () => (event.ctrlKey ? row(0) : all[y]!)[0],
        End: () => (event.ctrlKey ? row(all.length - 1) : all[y]!).at(-1),
      };
      const target = next[event.key];
      if (!target) return;
      event.preventDefault();
      to(target());
    };

    grid.addEventListener('keydown', onkeydown);
    grid.addEventListener('focusin', onfocusin);
    const observer = new MutationObserver(settle);
    observer.observe(grid, { childList: true, subtree: true });
    settle();
    return () => {
      observer.disconnect();
      grid.removeEventListener('keydown', onkeydown);
      grid.removeEventListener('focusin', onfocusin);
    };
  };
}

function stopsOf(row: HTMLElement): HTMLElement[] {
  const cells = [...row.querySelectorAll<HTMLElement>('[role=gridcell], [role=columnheader], [role=rowheader]')];
  return cells.flatMap((cell) => {
    const widgets = [...cell.querySelectorAll<HTMLElement>(WIDGETS)].filter((widget) => !widget.hasAttribute('disabled'));
    return widgets.length > 0 ? widgets : [cell];
  });
}

function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLInputElement && event.target.type !== 'checkbox';
}
