// Writes app/counter-worker.js: what the counter's page needs to open without the network, by its names in this build.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin, Rolldown } from 'vite'

const source = resolve(import.meta.dirname, 'counter_worker.js')
const entry = 'app/index.html'
const pages = ['features/service_centre/CounterPage.tsx', 'features/service_centre/ReceiptPage.tsx', 'features/service_centre/Qr.tsx']
const words = /^assets\/words-(shell|service_centre)-(th|en)-/
const fonts = /^assets\/sarabun-(thai|latin)-(400|700)-normal.*\.woff2$/

/** Scripts that the entry and the counter's page load, and whatever these import at once. */
function scripts_of(bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  const chunks = new Map(Object.values(bundle).flatMap(file => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])))
  const found = new Set<Rolldown.OutputChunk>()
  const follow = (chunk: Rolldown.OutputChunk | undefined) => {
    if (!chunk || found.has(chunk)) return
    found.add(chunk)
    for (const name of chunk.imports) follow(chunks.get(name))
  }
  for (const chunk of chunks.values()) {
    const facade = chunk.facadeModuleId ?? ''
    if (facade.endsWith(entry) || pages.some(page => facade.endsWith(page)) || words.test(chunk.fileName)) follow(chunk)
  }
  return [...found]
}

export function counter_worker(): Plugin {
  return {
    name: 'counter-worker',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const scripts = scripts_of(bundle)
        const styles = scripts.flatMap(chunk => [...(chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? []])
        const files = [...new Set([...scripts.map(chunk => chunk.fileName), ...styles, ...Object.keys(bundle).filter(name => fonts.test(name))])].toSorted().map(name => `/${name}`)
        const own = ['/lang.js', '/icon.svg']
        const page = bundle[entry]
        const version = createHash('sha256').update(files.join('\n')).update(page?.type === 'asset' ? page.source : '').update(readFileSync(resolve(import.meta.dirname, '../public/lang.js'))).digest('hex').slice(0, 16)
        this.emitFile({ type: 'asset', fileName: 'app/counter-worker.js', source: `const version = '${version}'\nconst files = ${JSON.stringify([...own, ...files])}\n${readFileSync(source, 'utf8')}` })
      },
    },
  }
}
