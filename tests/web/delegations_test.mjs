// An order of delegation in a browser: drafted by the provincial office, signed by the governor on a phone, notified with proof,
// used by the delegate, revoked, and a further use refused; the picture of the chains on a phone and at a desk.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, new_visitor, phone, picture, root, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser
const people = new Map()
const order = {}
const labels = Object.fromEntries([...readFileSync(join(root, 'data/law/acts.yaml'), 'utf8').matchAll(/\{act: ([\w.]+), label_th: "?([^",]+)"?, label_en: "?([^",]+)"?, group/g)].map(([, act, label_th, label_en]) => [act, { label_th, label_en }]))
const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
const year = Number(today.slice(0, 4)) + (Number(today.slice(5, 7)) >= 10 ? 1 : 0) // the fiscal year

before(async () => { [program, browser] = await Promise.all([start_program(), start_browser()]) })
after(async () => {
  await browser?.close()
  await program?.stop()
})

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
const button = (page, key, lang = 'th') => page.getByRole('button', { name: words(key, {}, lang), exact: true })
const act = (page, name, lang = 'th') => page.locator('.acts').getByRole('button', { name: labels[name][`label_${lang}`], exact: true })
const dialog = page => page.getByRole('dialog')
const state_is = (page, state, lang = 'th') => page.locator('.page-head .mark', { hasText: words(`deleg.state.${state}`, {}, lang) }).waitFor()
const failing = page => page.locator('.order-checks .failed')

describe('an order of delegation', () => {
  test('the provincial office sees who holds what, as a picture and as a table', async () => {
    const page = await person('office.70')
    await go(page, '/app/delegations')
    await page.locator('.chains svg .chain-box.grant').first().waitFor()
    await page.getByText(words('deleg.as_text'), { exact: true }).click()
    await look(page, 'delegations')
    await page.locator('.chains a').first().focus()
    assert.equal(await page.evaluate(() => document.activeElement?.namespaceURI?.endsWith('svg')), true, 'boxes are reached by the keyboard')
    page.assert_clean()
  })

  test('and on a phone, where the picture is an outline', async () => {
    const page = await person('auditor', { viewport: phone })
    await go(page, '/app/delegations')
    await field(page, '/province').selectOption('70')
    await page.locator('.chains svg .chain-box.grant').first().waitFor()
    await settled(page)
    await look(page, 'delegations on a phone')
    page.assert_clean()
  })

  test('the provincial office finds who may sign, and drafts', async () => {
    const office = await api_of(program.url, 'office.70')
    const content = { name_th: 'ซ่อมสะพานข้ามคลอง', objective_th: '', output_th: '', target_th: '', plan_links: [], kpis: [], activities: [], place: { areas: [], detail_th: '' }, office_th: '', budget_unit_th: '', budget: [{ activity: null, category: 'operating', item_th: 'ซ่อม', quantity: null, unit_th: '', unit_price_satang: null, amount_satang: 300000000 }] }
    const made = await office('POST', '/projects', { province: '70', fiscal_year: year, code: 'D-1', budget_class: 'within_ceiling', funding: 'province_budget', content, source: 'แผน' })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const page = await person('office.70')
    await go(page, '/app/delegation-orders')
    await look(page, 'orders')
    await button(page, 'deleg.begin.procurement').click()
    await page.waitForURL(/\/app\/delegation-orders\/[0-9A-Z]{26}$/)
    await settled(page)
    order.id = page.url().split('/').pop()
    await page.locator('.notice', { hasText: 'ผู้ว่าราชการจังหวัดราชบุรี' }).waitFor()
    assert.ok(await failing(page).count() >= 5, 'an empty draft fails most checks')
    await look(page, 'empty draft')
    await field(page, '/project-search').fill('สะพาน')
    await field(page, '/content/project_id').locator('option', { hasText: 'ซ่อมสะพานข้ามคลอง' }).waitFor({ state: 'attached' })
    await field(page, '/content/project_id').selectOption(made.body.project_id)
    await field(page, '/content/delegate_office_id').selectOption({ label: 'นายกเทศมนตรี (สาธิต) จังหวัดราชบุรี' })
    await field(page, '/content/parent_agency_head_th').fill('อธิบดีกรมส่งเสริมการปกครองท้องถิ่น')
    await field(page, '/content/ceiling_satang').fill('1000000')
    await field(page, '/content/number').fill(`12/${year + 543}`)
    await field(page, '/content/from_date').fill(today)
    await field(page, '/content/to_date').fill(`${year + 1}-10-01`)
    await field(page, '/content/conditions_th').fill('รายงานทุกสิ้นเดือน\nใช้ราคากลางของทางราชการ')
    await button(page, 'deleg.save').click()
    await page.getByText(words('deleg.saved'), { exact: true }).waitFor()
    await failing(page).filter({ hasText: 'ต้องอยู่ในปีงบประมาณ' }).waitFor()
    assert.equal(await failing(page).count(), 1, 'what is wrong is the last day alone')
    await failing(page).getByRole('link').click()
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-content-to_date', 'a failed check leads to its field')
    await field(page, '/content/to_date').fill(`${year}-09-30`)
    await button(page, 'deleg.save').click()
    await page.getByText(words('deleg.checks_passed')).waitFor()
    await look(page, 'draft')
    page.assert_clean()
  })

  test('the governor signs on a phone', async () => {
    const page = await person('governor.70', { viewport: phone })
    await go(page, `/app/delegation-orders/${order.id}`)
    await look(page, 'draft on a phone')
    await act(page, 'delegation.sign').click()
    await look(page, 'sign dialog on a phone')
    await dialog(page).getByRole('button', { name: words('deleg.ask.sign'), exact: true }).click()
    await state_is(page, 'notice_pending')
    await look(page, 'signed on a phone')
    const narrowest = await page.locator('.order-facts dd').evaluateAll(list => Math.min(...list.map(each => each.getBoundingClientRect().width)))
    assert.ok(narrowest > 200, `what the order says has room to be read: ${narrowest}`)
    page.assert_clean()
  })

  test('papers are to be had', async () => {
    const page = await person('office.70')
    await go(page, `/app/delegation-orders/${order.id}`)
    const links = await page.locator('a[href*="/papers/"]').evaluateAll(list => list.map(link => link.getAttribute('href')))
    assert.equal(links.length, 3)
    for (const link of links) {
      const answer = await page.request.get(link)
      assert.deepEqual([answer.status(), (await answer.body()).subarray(0, 4).toString()], [200, '%PDF'], link)
    }
  })

  test('both notices are served and proved, and the page says so', async () => {
    const page = await person('office.70')
    await go(page, `/app/delegation-orders/${order.id}`)
    const notices = page.locator('section', { has: page.locator('#obligations-title') })
    await notices.getByRole('button', { name: words('obligation.serve') }).first().waitFor()
    assert.equal(await notices.getByRole('button', { name: words('obligation.serve') }).count(), 2)
    await look(page, 'notices due')
    for (let left = 2; left > 0; left--) {
      await notices.getByRole('button', { name: words('obligation.serve') }).first().click()
      await field(page, '/sent_on').fill(today)
      await field(page, '/letter').fill(`รบ 0017/${left}`)
      await dialog(page).getByRole('button', { name: words('obligation.serve'), exact: true }).click()
      await dialog(page).waitFor({ state: 'detached' })
      await state_is(page, 'notice_pending')
      await notices.getByRole('button', { name: words('obligation.prove') }).first().click()
      await field(page, '/received_on').fill(today)
      await field(page, '/receipt').fill(`ลงรับเลขที่ ${left}`)
      await field(page, '/reference').fill('แฟ้มมอบอำนาจ')
      await dialog(page).getByRole('button', { name: words('obligation.prove'), exact: true }).click()
      await dialog(page).waitFor({ state: 'detached' })
    }
    await state_is(page, 'in_force')
    await look(page, 'notices proved')
    page.assert_clean()
  })

  test('the delegate uses the power, in English', async () => {
    const page = await person('town.70')
    await go(page, '/app/delegations?lang=en')
    await page.getByRole('link', { name: new RegExp(`12/${year + 543}`) }).click()
    await settled(page)
    await act(page, 'procurement.carry_out', 'en').click()
    await field(page, '/on_date').fill(today)
    await field(page, '/what_th').fill('จ้างซ่อมสะพาน')
    await field(page, '/amount_satang').fill('400000')
    await field(page, '/reference').fill('e-GP 70000000001')
    await look(page, 'use dialog')
    await dialog(page).getByRole('button', { name: words('deleg.use.record', {}, 'en'), exact: true }).click()
    await state_is(page, 'in_use', 'en')
    await page.getByText('600,000.00 left').waitFor()
    await look(page, 'used, in English')
    page.assert_clean()
  })

  test('more than is left is refused beside the amount', async () => {
    const page = await person('town.70')
    await act(page, 'procurement.carry_out', 'en').click()
    await field(page, '/on_date').fill(today)
    await field(page, '/what_th').fill('จ้างต่อ')
    await field(page, '/amount_satang').fill('600000.01')
    await field(page, '/reference').fill('e-GP 2')
    page.expect(422, /\/uses$/)
    await dialog(page).getByRole('button', { name: words('deleg.use.record', {}, 'en'), exact: true }).click()
    await dialog(page).locator('.error', { hasText: '600,000.00 baht are left' }).waitFor()
    await dialog(page).getByRole('button', { name: words('cancel', {}, 'en'), exact: true }).click()
    page.assert_clean()
  })

  test('it is revoked, and a further use is refused', async () => {
    const page = await person('governor.70', { viewport: phone })
    await go(page, `/app/delegation-orders/${order.id}`)
    await act(page, 'delegation.revoke').click()
    await field(page, '/reason_th').fill('เปลี่ยนผู้ดำเนินการ')
    await dialog(page).getByRole('button', { name: words('deleg.ask.revoke'), exact: true }).click()
    await state_is(page, 'revoked')
    page.assert_clean()
    const town = await api_of(program.url, 'town.70')
    const use = await town('POST', `/delegation-orders/${order.id}/uses`, { act: 'procurement.carry_out', on_date: today, what_th: 'จ้าง', amount_satang: 100, reference: '3' }, { 'if-match': '*' })
    assert.equal(use.status, 409, JSON.stringify(use.body))
    const delegate = await person('town.70')
    await go(delegate, `/app/delegation-orders/${order.id}?lang=en`)
    await state_is(delegate, 'revoked', 'en')
    assert.equal(await act(delegate, 'procurement.carry_out', 'en').count(), 0)
    await look(delegate, 'revoked, in English')
    delegate.assert_clean()
  })
})
