import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

/** The sign-in's own modules, and what of Svelte every screen needs: in one file they are smaller than in a dozen. */
const DOOR = [
  /\/src\/app\/(App|router|session|theme)\b/,
  /\/src\/lib\/(i18n\/i18n\.svelte|api\/(door|problem|send)|format\/zone|form\/(Faults|Field|Note|form\.svelte)|ui\/(Drawn|Failure|Outside|warn))\b/,
  /\/svelte\/src\/(constants|index-client|utils|internal\/(shared|disclose-version|flags))\b/,
  /\/svelte\/src\/internal\/client\/(constants|context|error-handling|errors|proxy|reactivity|render|runtime|warnings)\b/,
  /\/svelte\/src\/internal\/client\/dom\/(css|hydration|operations|task|template|elements\/(attributes|class|events|misc|bindings\/(input|shared))|blocks\/(await|boundary|branches|if|snippet|svelte-component))\b/,
  /\/preload-helper/,
];

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
    rollupOptions: {
      output: { manualChunks: (id) => (DOOR.some((own) => own.test(id)) ? 'door' : undefined), onlyExplicitManualChunks: true },
    },
  },
  server: { proxy: { '/api': { target: box, secure: false } } },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'], setupFiles: ['src/test-setup.ts'] },
});
