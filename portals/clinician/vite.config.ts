import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Files are named by their content and never inlined, so that the Content-Security-Policy needs no exception. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/clinician/',
  plugins: [react()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  css: { preprocessorOptions: { scss: { quietDeps: true, silenceDeprecations: ['import', 'global-builtin', 'color-functions'] } } },
})
