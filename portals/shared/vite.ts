/** How Vite builds the client of a portal. */
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'

/** Files are named by their content and never inlined, so that the Content-Security-Policy needs no exception. */
export function viteConfig(portal: string, outDir: string): InlineConfig {
  return {
    root: join(import.meta.dirname, '..', portal),
    base: `/${portal}/`,
    plugins: [react()],
    configFile: false,
    logLevel: 'warn',
    mode: 'production',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000, // build.ts measures what counts: the first page, gzipped
      rolldownOptions: { checks: { pluginTimings: false } },
    },
    css: { preprocessorOptions: { scss: { quietDeps: true, silenceDeprecations: ['import', 'global-builtin', 'color-functions'] } } },
  }
}
