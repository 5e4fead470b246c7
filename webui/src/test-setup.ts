import { beforeEach } from 'vitest';
import { useLanguage } from './lib/i18n/i18n.svelte';

beforeEach(async () => {
  await useLanguage('en');
});
