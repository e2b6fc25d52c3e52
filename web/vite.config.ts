import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { compress } from './build/compress.ts'
import { counter_worker } from './build/counter_worker.ts'
import { pages } from './build/pages.ts'

const page = (name: string) => resolve(import.meta.dirname, name)

function catalogue_name(module: string | null | undefined): string | null {
  const found = /src\/(?:features\/(\w+)\/)?locales\/(th|en)\.json$/.exec(module ?? '')
  return found && `words-${found[1] ?? 'shell'}-${found[2]}`
}

export default defineConfig({
  plugins: [
    pages(),
    react(),
    // Without this the date and list components ship every language they know (+20 KB).
    { ...optimizeLocales.vite({ locales: ['th-TH', 'en-GB', 'en-US'] }), enforce: 'pre' as const },
    counter_worker(),
    compress(),
  ],
  build: {
    target: 'es2022',
    // Nothing is inlined: the content security policy allows no data: fonts and no inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Catalogues of words are named by their feature, so that the budget can tell the shell's from the others.
      output: { chunkFileNames: chunk => `assets/${catalogue_name(chunk.facadeModuleId) ?? '[name]'}-[hash].js` },
      input: {
        index: page('index.html'),
        programme: page('programme.html'),
        scoreboard: page('scoreboard.html'),
        province: page('province.html'),
        ledger: page('ledger.html'),
        obligations: page('obligations.html'),
        report: page('report.html'),
        follow: page('follow.html'),
        cases: page('cases.html'),
        services: page('services.html'),
        queue: page('queue.html'),
        missing: page('404.html'),
        app: page('app/index.html'),
      },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
