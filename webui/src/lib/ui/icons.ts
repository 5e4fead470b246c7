import { WARN } from './warn';

// Line icons on a grid of 24, drawn for this page.
export const ICONS = {
  overview: 'M4 12a8 8 0 1 1 16 0M12 12l4-4M4 18h16',
  live: 'M5 12a7 7 0 0 1 7-7M5 16v-4M19 16v-4a7 7 0 0 0-7-7M5 13h2v5H6a1 1 0 0 1-1-1zM19 13h-2v5h1a1 1 0 0 0 1-1z',
  calls: 'M6 4h3l2 5-2 1.500a11 11 0 0 0 4.5 4.500L15 13l5 2v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
  voicemail: 'M6.5 9a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM17.5 9a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM6.5 16h11',
  people: 'M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 19a6 6 0 0 1 12 0M16 5.500a3 3 0 0 1 0 5.500M18 14a6 6 0 0 1 3 5',
  phones: 'M5 9c4-4 10-4 14 0l-2 2.500-3-1.500V8M10 8v2l-3 1.500L5 9M8 12h8l2 7H6zM12 14v.2M12 16.500v.2',
  me: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM5 20a7 7 0 0 1 14 0',
  trunks: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM4 12h16M12 4c-5 5-5 11 0 16M12 4c5 5 5 11 0 16',
  answering: 'M5 6h9M5 12h6M5 18h9M16 9l4 3-4 3M11 12h9',
  times: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2',
  security: 'M12 4l7 2.500v5c0 4-3 7-7 8.500-4-1.500-7-4.500-7-8.500v-5zM9 12l2 2 4-4',
  system: 'M4 6h16M4 12h16M4 18h16M9 4v4M15 10v4M8 16v4',
  search: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM20 20l-4.5-4.5',
  help: 'M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .8-1 1.700M12 16.500v.2',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  out: 'M14 5H6a1 1 0 0 0-1 1v12a1 1 0 0 0 1 1h8M11 12h9M17 9l3 3-3 3',
  play: 'M8 5.500v13l11-6.500z',
  pause: 'M8 5.500v13M16 5.500v13',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  back: 'M15 5l-7 7 7 7',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  plus: 'M12 5v14M5 12h14',
  trash: 'M5 7h14M10 7V5h4v2M7 7l1 13h8l1-13',
  keep: 'M6 4h12v16l-6-4-6 4z',
  restore: 'M5 10h9a5 5 0 0 1 0 10h-4M5 10l4-4M5 10l4 4',
  download: 'M12 4v11M8 11l4 4 4-4M5 20h14',
  hangup: 'M4 14c0-5 16-5 16 0v2l-4-1v-3M8 12v3l-4 1',
  warn: WARN,
  edit: 'M5 19l1-4L16 5l3 3L9 18z',
  theme: 'M12 4a8 8 0 1 0 0 16zM12 4v16M12 4a8 8 0 0 1 0 16',
} as const;

export type IconName = keyof typeof ICONS;
