// Holds the built pages to their promises: what a first visit must load, in gzip bytes. Run after `npm run build`.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

const dist = resolve(import.meta.dirname, 'dist')
const kib = 1024
const public_script_bytes_max = 15 * kib
const shell_bytes_max = 100 * kib

const packed = file => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length

/** Scripts that a page loads by itself: its own, those preloaded beside it, and whatever these import at once. */
function scripts_of(page) {
  const html = readFileSync(join(dist, page), 'utf8')
  const found = new Set()
  const follow = file => {
    if (found.has(file)) return
    found.add(file)
    const source = readFileSync(join(dist, file), 'utf8')
    for (const [, name] of source.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) follow(`assets/${name}`)
  }
  for (const [, name] of html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\/([^"]+\.js)"/g)) follow(name)
  return [...found]
}
function styles_of(page) {
  return [...readFileSync(join(dist, page), 'utf8').matchAll(/<link\b[^>]*?href="\/([^"]+\.css)"/g)].map(([, name]) => name)
}
const sum = files => files.reduce((bytes, file) => bytes + packed(file), 0)

if (!existsSync(dist)) throw new Error('web/dist is missing: run `npm run build` first')
let broken = false
function hold(what, bytes, most) {
  const over = bytes > most
  broken ||= over
  console.log(`${over ? 'OVER' : 'ok  '} ${what}: ${(bytes / kib).toFixed(1)} of ${most / kib} KB gz`)
}
for (const page of readdirSync(dist).filter(name => name.endsWith('.html')))
  hold(`${page} scripts`, sum(scripts_of(page)), public_script_bytes_max)

// The shell's Thai catalogue is loaded by a dynamic import before the first paint, so it counts.
const catalogue = readdirSync(join(dist, 'assets')).filter(name => /^words-shell-th-.*\.js$/.test(name)).map(name => `assets/${name}`)
hold('app shell, scripts and styles', sum([...new Set([...scripts_of('app/index.html'), ...catalogue])]) + sum(styles_of('app/index.html')), shell_bytes_max)
process.exit(broken ? 1 : 0)
