import { defineConfig } from 'vite';

/** The browser application: built once, served by the console's own server. */
export default defineConfig({
  root: 'src/ui',
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/ui',
    emptyOutDir: true,
    target: 'es2022',
    // Everything is a file of its own: the content security policy allows no inline styles, scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
