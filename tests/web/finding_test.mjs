// Cases are found by words and parts of words, and whoever takes a case sees those alike: with keyboard, phone and desk.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, desk, new_visitor, phone, picture, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser, office
const title = 'สะพานไม้ข้ามคลองผุพังหน้าโรงเรียนวัดมหาธาตุ'
before(async () => {
  ;[program, browser] = await Promise.all([start_program(), start_browser()])
  office = await api_of(program.url, 'district.7001')
})
after(async () => { await browser?.close(); await program?.stop() })

async function look(page, name) {
  for (const size of [phone, desk]) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise(requestAnimationFrame))
    await picture(page, `${name} ${size.width}`)
    assert.deepEqual([await axe(page), await sideways(page)], [[], null], `${name} ${size.width}`)
  }
}
async function officer(username, path) {
  const page = await watched_page(await new_visitor(browser, program.url))
  await sign_in(page, username)
  await page.goto(path)
  await settled(page)
  return page
}
async function search(page, text) {
  await page.locator('#find').fill(text)
  await page.keyboard.press('Enter')
  await page.waitForURL(url => url.searchParams.get('find') === text)
  await settled(page)
}
/** New cases are put into the index moments after they were taken. */
async function found_over_api(text) {
  for (let tries = 0; tries < 100; tries++) {
    const { body } = await office('GET', `/cases/search?q=${encodeURIComponent(text)}`)
    if (body.items.length > 0) return body.items
    await new Promise(done => setTimeout(done, 100))
  }
  assert.fail(`${text} is not found`)
}
const field = (page, pointer) => page.locator(`[id="field${pointer.replaceAll('/', '-')}"]`)

describe('at the counter', () => {
  let first
  test('a second person who reports the same is added to the case that is there', async () => {
    const page = await officer('district.7001', '/app/cases/new')
    await field(page, '/title').fill(title)
    await field(page, '/reporters/0/name').fill('นายหนึ่ง แจ้งก่อน')
    await page.keyboard.press('Control+Enter')
    await page.locator('.slip-number').nth(1).waitFor()
    first = (await page.getByRole('link', { name: words('receipt.open') }).getAttribute('href')).split('/').pop()
    await found_over_api('สะพานไม้')
    await page.getByRole('button', { name: words('receipt.next') }).click()
    await field(page, '/title').fill('สะพานไม้หน้าโรงเรียนวัดมหาธาตุผุพัง')
    await field(page, '/reporters/0/name').fill('นางสอง แจ้งตาม')
    const panel = page.locator('details.alike')
    await panel.waitFor()
    assert.equal(await page.evaluate(() => document.activeElement.id), 'field-reporters-0-name', 'the focus stays where one types')
    await panel.locator('summary').click()
    const one = panel.locator('li', { hasText: title })
    await one.locator('p', { hasText: words('alike.district') }).waitFor()
    await look(page, 'alike while typing')
    await one.getByRole('button').click()
    await page.locator('.slip-number').nth(1).waitFor()
    await page.getByText(words('receipt.into', { number: '' }).slice(0, 15)).waitFor()
    await look(page, 'added to a case')
    page.assert_clean()
  })
  test('the case has both who reported it', async () => {
    const { body } = await office('GET', `/cases/${first}`)
    assert.equal(body.reporter_count, 2)
  })
})

describe('search', () => {
  test('a part of a word finds it, what was found is marked, and the address keeps the search', async () => {
    const page = await officer('district.7001', '/app/cases')
    await search(page, 'มหาธาตุ')
    assert.match(await page.locator('.found mark').first().innerText(), /มหาธาตุ/)
    await look(page, 'found')
    await page.locator('.found a').first().click()
    await settled(page)
    await page.goBack()
    await settled(page)
    assert.equal(await page.locator('#find').inputValue(), 'มหาธาตุ')
    await search(page, 'ไม่มีคำนี้ในเรื่องใดเลย')
    await page.locator('.empty', { hasText: words('find.none') }).waitFor()
    await look(page, 'found nothing')
    page.assert_clean()
  })

  test('another province finds nothing of it, and nobody finds it by who reported', async () => {
    const other = await api_of(program.url, 'district.4001')
    assert.deepEqual((await other('GET', `/cases/search?q=${encodeURIComponent('สะพานไม้')}`)).body.items, [])
    assert.deepEqual((await office('GET', `/cases/search?q=${encodeURIComponent('แจ้งก่อน')}`)).body.items, [])
  })

  test('in English', async () => {
    const page = await officer('office.70', '/app/cases?lang=en&find=' + encodeURIComponent('สะพานไม้'))
    await page.getByRole('heading', { name: words('find.title', { term: 'สะพานไม้' }, 'en') }).waitFor()
    await look(page, 'found, in English')
    page.assert_clean()
  })
})
