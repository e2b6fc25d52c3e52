// The province's board of cases: its numbers are the API's, and each that is a link opens as many cases. Phone and desk, Thai and English.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, desk, new_visitor, picture, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

const phone = { width: 390, height: 844 }
const path = '/app/cases/province'
let program, browser, governor, board

before(async () => {
  ;[program, browser] = await Promise.all([start_program(), start_browser()])
  const district = await api_of(program.url, 'district.7001')
  // Of three sub-districts so many that they stand on the map, of another the place is known to the district only.
  const cases = [...Array.from({ length: 14 }, (_, i) => ['700108', { latitude: '13.5', longitude: `99.9${i}` }]), ...Array.from({ length: 9 }, () => ['700115', { latitude: '13.59', longitude: '99.74' }]), ...Array.from({ length: 5 }, () => ['700116', { latitude: '13.46', longitude: '99.83' }]), ['7001', null]]
  for (const [area, position] of cases) {
    const { status, body } = await district('POST', '/cases', {
      kind: 'complaint', category: 'utilities', channel: 'walk_in', importance: 'ordinary', title: `ไฟทางดับ (ทดสอบ ${area})`, detail: '',
      place: { area, ...(position && { position }), given: position ? 'map' : 'typed' }, reporters: [{ type: 'anonymous' }],
    })
    assert.equal(status, 201, JSON.stringify(body))
  }
  governor = await api_of(program.url, 'governor.70')
  board = (await governor('GET', '/service_centre/province?area=70')).body
})
after(async () => { await browser?.close(); await program?.stop() })

async function person(username, address = path) {
  const page = await watched_page(await new_visitor(browser, program.url))
  await sign_in(page, username)
  await page.goto(address)
  await settled(page)
  return page
}
async function look(page, name) {
  for (const size of [phone, desk]) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise(requestAnimationFrame))
    await picture(page, `${name} ${size.width}`)
    assert.deepEqual([await axe(page), await sideways(page)], [[], null], `${name} ${size.width}`)
  }
}
const signed = n => (n === 0 ? '±0' : n > 0 ? `+${n}` : `−${-n}`)
const cells = async row => (await row.locator('td').allInnerTexts()).map(text => text.trim())
const row_of = (page, code) => page.locator(`[data-row="${code}"]`)
const spot_row = (page, area) => page.locator(`[data-spot-row="${area}"]`)

/** How many cases the list shows, over all its pages. */
async function count_of_list(page) {
  await settled(page)
  const more = page.getByRole('button', { name: words('cases.more') })
  while (await more.count() > 0) { await more.click(); await settled(page) }
  return page.locator('table.cases tbody tr').count()
}

describe('the board of a province', () => {
  test('shows the numbers of the API, in both languages', async () => {
    assert.ok(board.total.open > 24 && board.total.late > 0 && board.total.reopened > 0, 'the demonstration has something of each')
    for (const lang of ['th', 'en']) {
      const page = await person('governor.70', `${path}?lang=${lang}`)
      await page.getByRole('heading', { level: 1, name: words('province_board.of', { area: board.total[`name_${lang}`] }, lang) }).waitFor()
      const { total } = board
      const figures = (await page.locator('.figure-number').allInnerTexts()).map(text => text.replace(/\s+/g, ' ').trim())
      assert.deepEqual(figures, [total.open, total.late, total.near_due, total.reopened, `${total.received} ${signed(total.received - total.received_before)}`].map(String))
      for (const row of [...board.by_district, ...board.by_category]) {
        const shown = row_of(page, row.code)
        assert.equal(await shown.locator('th').innerText(), row[`name_${lang}`])
        assert.deepEqual(await cells(shown), [row.open, row.late, row.near_due, row.reopened, row.received, signed(row.received - row.received_before)].map(String))
      }
      for (const spot of board.spots) assert.deepEqual(await cells(spot_row(page, spot.area)), [spot.open, spot.late].map(String))
      await page.getByText(words('case.demonstration', {}, lang)).first().waitFor()
      await look(page, `board ${lang}`)
      await page.emulateMedia({ media: 'print' })
      await picture(page, `board ${lang} on paper`)
      assert.equal(await page.getByRole('button', { name: words('print', {}, lang) }).isVisible(), false)
      page.assert_clean()
    }
  })

  test('a spot stands on the map where the API gives a position, in the province, and says which are late', async () => {
    const page = await person('governor.70')
    const placed = board.spots.filter(spot => spot.position)
    assert.deepEqual([placed.length, placed.filter(spot => spot.late > 0).length], [3, 2])
    await page.locator('[data-spot]').first().waitFor()
    assert.equal(await page.locator('[data-spot]').count(), placed.length)
    const home = await page.locator('.heat-own').boundingBox()
    for (const { area, open, late } of placed) {
      const spot = page.locator(`[data-spot="${area}"]`)
      assert.equal(await spot.locator('text').first().textContent(), String(open))
      assert.equal(await spot.locator('.heat-late').count(), late > 0 ? 1 : 0)
      assert.deepEqual(await page.locator(`[data-late="${area}"]`).allTextContents(), late > 0 ? [`!${late}`] : [])
      const box = await spot.locator('circle').first().boundingBox()
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      assert.ok(x > home.x && x < home.x + home.width && y > home.y && y < home.y + home.height, area)
    }
    const most = placed[0]
    await page.locator(`[data-spot="${most.area}"]`).click()
    await page.waitForURL(url => url.pathname === '/app/cases' && url.searchParams.get('place') === most.area)
    assert.equal(await count_of_list(page), most.open)
    page.assert_clean()
  })

  test('every number that is a link opens as many cases', async () => {
    const page = await person('governor.70')
    const links = await page.locator('.province-board a').evaluateAll(all => all.map(a => [a.getAttribute('href'), Number((a.querySelector('text, .figure-number') ?? a).textContent.trim())]))
    assert.ok(links.length > 20)
    for (const [href, n] of links) {
      await page.goto(href)
      assert.equal(await count_of_list(page), n, href)
    }
    page.assert_clean()
  })

  test('the list says which place it shows, and the place can be taken off', async () => {
    const page = await person('governor.70')
    const spot = board.spots.find(each => each.area.length === 6 && each.late > 0)
    await spot_row(page, spot.area).locator('a').first().press('Enter')
    await page.waitForURL(url => url.searchParams.get('place') === spot.area)
    await settled(page)
    await page.locator('.place-chosen', { hasText: spot.name_th }).waitFor()
    await look(page, 'list of a place')
    await page.getByRole('button', { name: words('cases.place_off') }).click()
    await page.waitForURL(url => !url.searchParams.has('place') && url.searchParams.get('open') === '1')
    assert.equal(await count_of_list(page), board.total.open)
    page.assert_clean()
  })

  test('cases of which only the district is known are told and lead nowhere', async () => {
    const page = await person('governor.70')
    const row = spot_row(page, '7001')
    assert.equal(await row.locator('th').innerText(), words('province_board.spot_unknown', { district: board.by_district.find(each => each.code === '7001').name_th }))
    assert.equal(await row.locator('a').count(), 0)
  })
})

describe('who sees it', () => {
  test('the register of cases leads to it whoever reads a province, and no one else', async () => {
    for (const [username, times] of [['governor.70', 1], ['office.70', 1], ['opdc', 1], ['district.7001', 0], ['highways.70', 0]]) {
      const page = await person(username, '/app/cases')
      assert.equal(await page.getByRole('link', { name: words('cases.by_province'), exact: true }).count(), times, username)
    }
  })

  test('a district officer of another province is refused, in words', async () => {
    const other = await api_of(program.url, 'district.4001')
    assert.equal((await other('GET', '/service_centre/province?area=70')).status, 403)
    const page = await watched_page(await new_visitor(browser, program.url))
    page.expect(403, /service_centre\/province/)
    await sign_in(page, 'district.4001')
    await page.goto(`${path}?area=70`)
    await page.getByRole('alert').waitFor()
    assert.equal(await page.locator('.province-board').count(), 0)
    await look(page, 'refused')
    page.assert_clean()
  })

  test('who reads the whole country chooses a province, and one without cases says so', async () => {
    const page = await person('opdc')
    await page.locator('.empty', { hasText: words('report.choose') }).waitFor()
    const field = page.locator('#field-area')
    await field.selectOption('40')
    await page.waitForURL(url => url.searchParams.get('area') === '40')
    await page.locator('.province-board').waitFor()
    await settled(page)
    await look(page, 'chosen')
    await field.selectOption('58')
    await page.locator('.empty').waitFor()
    await look(page, 'no cases')
    page.assert_clean()
  })
})
