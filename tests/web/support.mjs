// What every browser test needs: the program on data of its own, a browser, pages that are watched.
//
// The program is CHANGWAT_PROGRAM (default: build/release/changwat); what it shares (data/, web/dist) is
// CHANGWAT_SHARE (default: the source tree). CHANGWAT_BROWSER names another Chromium.
// CHANGWAT_SCREENSHOTS=folder keeps a picture of every step, for eyes.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

export const root = resolve(import.meta.dirname, '../..')
const web_require = createRequire(join(root, 'web/package.json'))
const { chromium } = web_require('playwright-core')
const axe_source = readFileSync(web_require.resolve('axe-core/axe.min.js'), 'utf8')

const program = process.env.CHANGWAT_PROGRAM ?? join(root, 'build/release/changwat')
const share = process.env.CHANGWAT_SHARE ?? root
const browser_program = process.env.CHANGWAT_BROWSER ?? '/usr/bin/chromium'
const pictures = process.env.CHANGWAT_SCREENSHOTS
export const demo_password = 'changwat-demo'
export const wait_ms = 20_000 // for things that take milliseconds when the machine is not busy
export const phone = { width: 360, height: 740 }
export const desk = { width: 1280, height: 800 }

export const run = promisify(execFile)
export const folder_of = what => mkdtempSync(join(tmpdir(), `changwat-web-${what}-`))

// ---- the program

/** `changwat serve` on a fresh folder that holds the demonstration, and what `prepare` adds with commands of the program. */
export async function start_program(prepare = async () => {}) {
  const folder = folder_of('data')
  const data = join(folder, 'data')
  const env = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CHANGWAT_'))), CHANGWAT_SHARE: share }
  await run(program, ['init', '--demo', '--data', data], { env })
  await prepare((...words) => run(program, [...words, '--data', data], { env }), folder)
  const log = openSync(join(folder, 'log'), 'a')
  const server = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--data', data], { env, stdio: ['ignore', 'pipe', log] })
  const ended = new Promise(done => server.once('exit', done))
  const line = await new Promise(done => {
    createInterface(server.stdout).once('line', done)
    void ended.then(() => done(''))
  })
  const url = /serves on (http:\/\/\S+)/.exec(line)?.[1]
  assert.ok(url, `the program did not start: ${line}\n${readFileSync(join(folder, 'log'), 'utf8').slice(-4000)}`)
  return {
    url,
    folder,
    async stop() {
      server.kill('SIGTERM')
      const code = await ended
      const text = readFileSync(join(folder, 'log'), 'utf8')
      rmSync(folder, { recursive: true, force: true })
      assert.equal(code, 0, `the program ended with ${code}:\n${text.slice(-4000)}`)
    },
  }
}

/** One person's way to the API, for what a test needs beforehand and what no page shows. */
export async function api_of(program_url, username) {
  const answer = await fetch(`${program_url}/api/v1/session`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username, password: demo_password }),
  })
  assert.equal(answer.status, 200, `${username} could not sign in: ${await answer.clone().text()}`)
  const cookie = answer.headers.getSetCookie().map(line => line.split(';')[0]).join('; ')
  const { csrf_token } = await answer.json()
  return async (method, path, body, headers = {}) => {
    const sent = await fetch(`${program_url}/api/v1${path}`, {
      method, headers: { cookie, 'x-csrf-token': csrf_token, ...(body && { 'content-type': 'application/json' }), ...headers }, body: body && JSON.stringify(body),
    })
    const text = await sent.text()
    return { status: sent.status, etag: sent.headers.get('etag'), body: text && (sent.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : text }
  }
}

export const get = async (program_url, path) => (await fetch(`${program_url}/api/v1${path}`)).json()

// ---- the browser

export function start_browser() {
  return chromium.launch({
    executablePath: browser_program, headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--lang=th'],
  })
}

/** A visitor with a window of the given size and nothing remembered. */
export async function new_visitor(browser, base_url, options = {}) {
  const context = await browser.newContext({
    baseURL: base_url, viewport: desk, locale: 'th-TH', timezoneId: 'Asia/Bangkok', reducedMotion: 'reduce', serviceWorkers: 'block', acceptDownloads: true, ...options,
  })
  context.setDefaultTimeout(wait_ms)
  return context
}

/**
 * A page of which everything that goes wrong is kept: errors in the console (violations of the content security policy
 * are among them), exceptions, and refused requests. `expect(status, path)` names a refusal that belongs to the test.
 */
export async function watched_page(context) {
  const page = await context.newPage()
  const wrong = []
  const expected = [{ status: 401, path: /\/api\/v1\/session$/ }] // "is anybody signed in?" – "no"
  const is_expected = (status, url) => expected.some(refusal => refusal.status === status && refusal.path.test(new URL(url).pathname))
  page.on('console', message => {
    if (message.type() !== 'error') return
    const refused = /status of (\d+)/.exec(message.text())
    if (refused && is_expected(Number(refused[1]), message.location().url)) return
    wrong.push(`console: ${message.text()} (${message.location().url})`)
  })
  const under_way = new Set()
  page.on('request', request => { if (request.resourceType() !== 'eventsource') under_way.add(request) })
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, request => under_way.delete(request))
  page.on('framenavigated', frame => { if (frame === page.mainFrame()) for (const request of under_way) if (!request.isNavigationRequest()) under_way.delete(request) })
  page.on('pageerror', error => wrong.push(`exception: ${error.stack ?? error}`))
  return Object.assign(page, {
    under_way,
    expect: (status, path) => expected.push({ status, path }),
    /** What went wrong since the last question. */
    wrong: () => wrong.splice(0),
    assert_clean: () => assert.deepEqual(wrong.splice(0), [], `something went wrong on ${page.url()}`),
  })
}

/** Signs in as somebody who looks at the screen: with the form. */
export async function sign_in(page, username, return_path = '/app/') {
  await page.goto(`/app/sign-in?return=${encodeURIComponent(return_path)}`)
  await page.locator('#field-username').fill(username)
  await page.locator('#field-password').fill(demo_password)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(url => url.pathname === return_path)
  await settled(page)
}

/** Nothing is on its way any more: neither data nor a page that says "loading". A stream of events never ends and does not count. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('h1, [role=alert]') && !document.querySelector('.waiting, [aria-busy=true]') && document.fonts.status === 'loaded')
  // What arrived may ask for more: two frames of the browser without a request under way.
  for (let quiet = 0, until = Date.now() + wait_ms; quiet < 2;) {
    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 20))))
    quiet = page.under_way.size === 0 ? quiet + 1 : 0
    assert.ok(Date.now() < until, `still waiting for ${[...page.under_way].map(request => request.url()).join(', ')}`)
  }
}

// ---- what a page is held to

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds against WCAG 2.2 AA, one line a finding. */
export async function axe(page) {
  if (!(await page.evaluate('typeof window.axe === "object"'))) await page.evaluate(axe_source)
  const { violations } = await page.evaluate(tags => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), wcag)
  return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id}: ${help}: ${node.target.join(' ')} | ${node.any.concat(node.all, node.none).map(check => check.message).join('; ').slice(0, 300)}`))
}

/** How far the page can be pushed sideways, in pixels, and the elements that make it so. */
export function sideways(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const extra = document.documentElement.scrollWidth - width
    if (extra <= 0) return null
    const wide = [...document.querySelectorAll('body *')].filter(element => element.getBoundingClientRect().right > width + 1 && !element.closest('.scroll'))
    return `${extra} px too wide: ${wide.slice(-4).map(element => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className}`).join(', ')}`
  })
}

let picture_number = 0
/** A picture for somebody to look at, where they are wanted. */
export async function picture(page, name) {
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${String(++picture_number).padStart(3, '0')}-${name.replace(/[^\p{L}\p{M}\p{N}.-]+/gu, '_')}.png`), fullPage: true })
}

// ---- words

const catalogue = { th: {}, en: {} }
for (const file of globSync('web/src/**/locales/{th,en}.json', { cwd: root }).filter(file => !file.includes('/public/')))
  Object.assign(catalogue[file.slice(-7, -5)], JSON.parse(readFileSync(join(root, file), 'utf8')))
/** A sentence of the application's own catalogues, so that a test follows a change of words but not of meaning. */
export function words(key, gaps = {}, lang = 'th') {
  const sentence = catalogue[lang][key]
  assert.ok(sentence, `no sentence ${key}`)
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(gaps[name] ?? `{${name}}`))
}
