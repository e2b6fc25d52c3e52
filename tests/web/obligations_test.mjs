// Obligations in a browser: the decision of a change obliges to a report; its letter and proof are recorded, one is taken back, and
// everybody sees the counts. Phone and desk, Thai and English.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, new_visitor, phone, picture, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser
const people = new Map()
const owed = {}
const bangkok = () => new Date(Date.now() + 7 * 3_600_000)
const today = () => bangkok().toISOString().slice(0, 10)
const thai_day = () => `${bangkok().getUTCDate()}/${bangkok().getUTCMonth() + 1}/${bangkok().getUTCFullYear() + 543}`
const any = { 'if-match': '*' }
const pdf = { name: 'receipt.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n') }

before(async () => {
  [program, browser] = await Promise.all([start_program(), start_browser()])
  for (const number of ['12', '13']) owed[number] = await decided(number)
})
after(async () => {
  await browser?.close()
  await program?.stop()
})

/** A change of details that ก.บ.จ. has approved today: its path and name. */
async function decided(number) {
  const [office, opdc] = await Promise.all([api_of(program.url, 'office.70'), api_of(program.url, 'opdc')])
  const must = ({ status, body }) => { assert.ok(status < 300, JSON.stringify(body)); return body }
  const { items } = must(await office('GET', '/projects?limit=200'))
  const { project_id, name_th } = items.find(project => project.code === `สาธิต-70-${number}`)
  const change = must(await office('POST', '/changes', { kind: 'amend', project_id }))
  const { content } = change
  content.reason_th = 'เหตุผล'
  content.after.activities[0].method_th = 'เฉพาะเจาะจง'
  const at = `/changes/${change.change_id}`
  must(await office('PATCH', at, { content }, any))
  must(await office('POST', `${at}/submit`, {}, any))
  must(await office('POST', `${at}/settle`, { reason_th: '' }, any))
  const meeting = must(await office('POST', '/meetings', { body: 'provincial_administration_committee.70', number: `${number}/${bangkok().getUTCFullYear() + 543}`, on_date: today(), chair_title_th: 'ผู้ว่าราชการจังหวัด' }))
  must(await office('POST', `${at}/resolve`, { meeting_id: meeting.meeting_id, number: '1', kind: 'approve', text_th: 'เห็นชอบ' }, any))
  return { at, name_th }
}

async function person(username, options) {
  const key = username + JSON.stringify(options ?? {})
  if (!people.has(key)) {
    const page = await watched_page(await new_visitor(browser, program.url, options))
    await sign_in(page, username)
    people.set(key, page)
  }
  return people.get(key)
}
async function go(page, path) {
  await page.goto(path)
  await settled(page)
}
async function look(page, name) {
  await picture(page, name)
  assert.deepEqual([await axe(page), await sideways(page)], [[], null], name)
}
const field = (page, pointer) => page.locator(`[id="field${pointer.replaceAll('/', '-')}"]`)
const dialog = page => page.getByRole('dialog')
const send = (page, key, lang = 'th') => dialog(page).getByRole('button', { name: words(key, {}, lang), exact: true }).click()
const row = (page, name) => page.locator('.rows > li', { hasText: name })
const standing_is = (place, standing, lang = 'th') => place.locator('.mark', { hasText: words(`obligation.standing.${standing}`, {}, lang) }).first().waitFor()

describe('what a decision obliges to', () => {
  test('the desk counts it and leads to the list', async () => {
    const page = await person('office.70')
    await go(page, '/app/')
    await page.getByText(words('obligations.desk', { n: 2 })).waitFor()
    await look(page, 'desk with obligations')
    await page.getByRole('link', { name: words('obligations.desk', { n: 2 }) }).click()
    await standing_is(row(page, owed['12'].name_th), 'open')
    await look(page, 'obligations')
    page.assert_clean()
  })

  test('the change shows it with its last day, and the letter is recorded there', async () => {
    const page = await person('office.70')
    await go(page, `/app${owed['12'].at}`)
    const part = page.locator('section', { has: page.getByRole('heading', { name: words('obligations.title') }) })
    await part.getByRole('button', { name: words('obligation.serve') }).click()
    await field(page, '/sent_on').fill(thai_day())
    await field(page, '/letter').fill('ที่ รบ 0017/12')
    await field(page, '/channel').selectOption('electronic_letter')
    await look(page, 'letter dialog')
    await send(page, 'obligation.serve')
    await standing_is(part, 'served')
    await look(page, 'change with its obligation')
    page.assert_clean()
  })

  test('the proof is recorded on a phone, with a file', async () => {
    const page = await person('governor.70', { viewport: phone })
    await go(page, '/app/obligations')
    await row(page, owed['12'].name_th).waitFor()
    await look(page, 'obligations on a phone')
    await row(page, owed['12'].name_th).getByRole('button', { name: words('obligation.prove') }).click()
    await field(page, '/received_on').fill(thai_day())
    await field(page, '/receipt').fill('ลงรับเลขที่ 12')
    await dialog(page).locator('input[type=file]').setInputFiles(pdf)
    await look(page, 'proof dialog on a phone')
    await send(page, 'obligation.prove')
    await row(page, owed['12'].name_th).waitFor({ state: 'detached' })
    await field(page, '/show').selectOption('proved')
    await standing_is(row(page, owed['12'].name_th), 'proved')
    await row(page, owed['12'].name_th).getByRole('link').first().click()
    await page.getByRole('link', { name: 'receipt.pdf' }).waitFor()
    await look(page, 'obligation on a phone')
    page.assert_clean()
  })

  test('a wrong letter is taken back with a reason and stays in the history', async () => {
    const page = await person('office.70')
    await go(page, '/app/obligations')
    await row(page, owed['13'].name_th).getByRole('link').first().click()
    await page.getByRole('button', { name: 'บันทึกการส่งหนังสือ', exact: true }).click()
    await field(page, '/sent_on').fill(thai_day())
    await field(page, '/letter').fill('ที่ ผิด/1')
    await send(page, 'obligation.serve')
    await standing_is(page, 'served')
    await page.getByRole('button', { name: 'ถอนคืนรายการที่บันทึกผิด', exact: true }).click()
    await field(page, '/reason_th').fill('พิมพ์เลขผิด')
    await send(page, 'obligation.take_back')
    await standing_is(page, 'open')
    const history = page.locator('.milestones')
    for (const text of ['ที่ ผิด/1', 'พิมพ์เลขผิด']) await history.getByText(text).waitFor()
    await look(page, 'obligation with its history')
    page.assert_clean()
  })

  test('a day in the future is refused beside its field', async () => {
    const page = await person('office.70')
    await go(page, '/app/obligations')
    await row(page, owed['13'].name_th).getByRole('button', { name: words('obligation.serve') }).click()
    page.expect(422, /\/serve$/)
    await field(page, '/sent_on').fill('1/1/2642')
    await field(page, '/letter').fill('ที่ 1')
    await send(page, 'obligation.serve')
    await dialog(page).locator('.field.wrong', { has: field(page, '/sent_on') }).waitFor()
    await look(page, 'refused day')
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
  })
})

describe('others', () => {
  test('an auditor reads all of it in English and changes nothing', async () => {
    const page = await person('auditor')
    await go(page, '/app/obligations?lang=en')
    await row(page, owed['13'].name_th).waitFor()
    assert.equal(await page.getByRole('button', { name: words('obligation.serve', {}, 'en') }).count(), 0)
    await look(page, 'obligations in English')
    await row(page, owed['13'].name_th).getByRole('link').first().click()
    await page.getByRole('heading', { name: words('obligation.law', {}, 'en') }).waitFor()
    await look(page, 'obligation in English')
    page.assert_clean()
  })

  test('everybody sees the counts of a province', async () => {
    const page = await watched_page(await new_visitor(browser, program.url, { viewport: phone }))
    await go(page, '/obligations.html')
    const line = page.locator('tr[data-province="70"]', { hasText: 'สำนักงบประมาณ' })
    await line.waitFor()
    assert.deepEqual(await line.locator('td').allInnerTexts(), ['1', '0', '0', '2', '0'])
    await look(page, 'public counts on a phone')
    page.assert_clean()
  })
})
