// A cheap phone on a bad line: how soon something is to be read, and that what has to be loaded for it stays small.
// Bytes are asserted, because they are the same everywhere; times depend on the machine and are only printed.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { new_visitor, phone, settled, start_browser, start_program, watched_page } from './support.mjs'

const kib = 1024
const public_script_bytes_max = 15 * kib
const shell_bytes_max = 100 * kib
const wanted_paint_s = 2
const line = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 }
const cpu_slowdown = 4

let program, browser
before(async () => { [program, browser] = await Promise.all([start_program(), start_browser()]) })
after(async () => { await browser?.close(); await program?.stop() })

/** Loads a page as a first visit; what came over the line, as the browser counted it. */
async function visit(path, { slow }) {
  const context = await new_visitor(browser, program.url, { viewport: phone })
  const page = await watched_page(context)
  if (slow) {
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    await devtools.send('Network.emulateNetworkConditions', line)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu_slowdown })
  }
  await page.goto(path)
  await settled(page)
  const seen = await page.evaluate(() => ({
    paint_ms: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    loaded: performance.getEntriesByType('resource').map(({ name, initiatorType, encodedBodySize, decodedBodySize }) => ({ path: new URL(name).pathname, initiatorType, encodedBodySize, decodedBodySize })),
  }))
  page.assert_clean()
  await context.close()
  const of_kind = ending => seen.loaded.filter(each => each.path.endsWith(ending))
  const bytes = files => files.reduce((sum, file) => sum + file.encodedBodySize, 0)
  for (const file of [...of_kind('.js'), ...of_kind('.css')].filter(each => each.decodedBodySize > kib))
    assert.ok(file.encodedBodySize < file.decodedBodySize, `${file.path} comes uncompressed`)
  return { paint_ms: seen.paint_ms, scripts: bytes(of_kind('.js')), styles: bytes(of_kind('.css')), all: bytes(seen.loaded) }
}
const kb = bytes => `${(bytes / kib).toFixed(1)} KB`

describe(`at ${line.downloadThroughput * 8 / 1000} kbit/s, ${line.latency} ms and a processor ${cpu_slowdown} times slower`, () => {
  for (const path of ['/', '/programme.html', '/scoreboard.html', '/province.html', '/provinces/70', '/ledger.html', '/obligations.html', '/report', '/follow', '/cases'])
    test(`${path} needs at most ${kb(public_script_bytes_max)} of script`, async () => {
      const { paint_ms, scripts, styles, all } = await visit(path, { slow: true })
      console.log(`${path}: first contentful paint ${(paint_ms / 1000).toFixed(2)} s (wanted: ${wanted_paint_s} s), scripts ${kb(scripts)}, styles ${kb(styles)}, all but the page itself ${kb(all)}`)
      assert.ok(scripts > 0, 'scripts are counted')
      assert.ok(scripts <= public_script_bytes_max, `${path} loads ${kb(scripts)} of script`)
    })

  test(`the application shows its first screen with at most ${kb(shell_bytes_max)} of scripts and styles`, async () => {
    const { paint_ms, scripts, styles } = await visit('/app/sign-in', { slow: true })
    console.log(`/app/sign-in: first contentful paint ${(paint_ms / 1000).toFixed(2)} s, scripts ${kb(scripts)}, styles ${kb(styles)}`)
    assert.ok(scripts + styles <= shell_bytes_max, `${kb(scripts + styles)} of scripts and styles`)
  })
})
