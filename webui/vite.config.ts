import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

// `npm run dev` shows the page with live reload and hands /api to a box: BELLBOX=https://box.lan npm run dev
const box = process.env['BELLBOX'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  build: {
    target: 'es2022',
    // The policy of the page allows no data: scripts or fonts, and small files cost nothing on a LAN.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The route-to-file map, for `npm run budget`.
    manifest: true,
  },
  server: { proxy: { '/api': { target: box, secure: false } } },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'], setupFiles: ['src/test-setup.ts'] },
});
