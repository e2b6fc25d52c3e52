// A change of a project in a browser: asked for, classified while it is typed, decided in the province, reported and closed; and
// another that was sent up, decided above. Phone and desk, Thai and English.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, new_visitor, phone, picture, root, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser
const people = new Map()
const request = {}
const labels = Object.fromEntries([...readFileSync(join(root, 'data/law/acts.yaml'), 'utf8').matchAll(/\{act: ([\w.]+), label_th: "?([^",]+)"?, label_en: "?([^",]+)"?, group/g)].map(([, act, label_th, label_en]) => [act, { label_th, label_en }]))
const rules = JSON.parse(readFileSync(join(root, 'data/plans/change_rules.json'), 'utf8'))
const decider = (code, lang = 'th') => rules.deciders.find(row => row.decider === code)[`name_${lang}`]

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
const button = (page, key) => page.getByRole('button', { name: words(key), exact: true })
const act = (page, name, lang = 'th') => page.getByRole('button', { name: labels[name][`label_${lang}`], exact: true })
/** Unfolds a part of the project. */
const unfold = (page, key) => page.locator('.side-group > summary', { hasText: words(key) }).click()
const dialog = page => page.getByRole('dialog')
const answer = (page, lang = 'th') => dialog(page).getByRole('button', { name: words('ask.go', {}, lang), exact: true })
const state_is = (page, state, lang = 'th') => page.locator('.page-head .mark', { hasText: words(`change.state.${state}`, {}, lang) }).waitFor()
const decides = (page, code, lang = 'th') => page.locator('.who-answer', { hasText: decider(code, lang) }).waitFor()

describe('a change of details ends in the province', () => {
  test('the provincial office finds the project in its plan', async () => {
    const page = await person('office.70')
    await go(page, '/app/projects')
    await page.locator('.figure', { hasText: words('figures.here') }).locator('.figure-number', { hasText: words('figures.days', { n: 7 }) }).waitFor()
    await look(page, 'projects')
    await field(page, '/q').fill('แก้มลิง')
    await page.locator('tbody tr').filter({ hasText: 'แก้มลิง' }).getByRole('link').click()
    await settled(page)
    await look(page, 'project')
    page.assert_clean()
  })

  test('the answer follows what is typed, and says what would have to be different', async () => {
    const page = await person('office.70')
    await button(page, 'project.begin.amend').click()
    await page.waitForURL(/\/app\/changes\//)
    await settled(page)
    request.id = page.url().split('/').pop()
    await page.getByText(words('who.none')).waitFor()
    await unfold(page, 'project.kpis')
    await unfold(page, 'project.activities')
    await unfold(page, 'project.budget')
    const target = field(page, '/content/after/kpis/0/target')
    const before_target = await target.inputValue()
    await target.fill('300000')
    await decides(page, 'regional_subcommittee')
    await page.locator('.what-if', { hasText: words('whatif.step', { how: 'คงตัวชี้วัดและค่าเป้าหมายเดิม', who: decider('provincial_committee') }) }).waitFor()
    await page.locator('.rule-rows .mark', { hasText: words('plans.unverified') }).first().waitFor()
    await look(page, 'change, substance')
    await target.fill(before_target)
    await field(page, '/content/after/activities/0/method_th').fill('คัดเลือก')
    await decides(page, 'provincial_committee')
    await page.getByText(words('whatif.already')).waitFor()
    page.assert_clean()
  })

  test('money that comes from nowhere is refused beside the sums', async () => {
    const page = await person('office.70')
    const method = field(page, '/content/after/activities/0/method_th')
    await field(page, '/content/reason_th').fill('ประกวดราคาแล้วไม่มีผู้ยื่น')
    const amount = field(page, '/content/after/budget/0/amount_satang')
    const price = field(page, '/content/after/budget/0/unit_price_satang')
    const [was_price, was_amount] = [await price.inputValue(), await amount.inputValue()]
    await price.fill('5000000')
    await amount.fill('20000000')
    page.expect(422, /\/submit$/)
    await act(page, 'change.submit').click()
    await answer(page).click()
    await page.locator('.notice.bad', { hasText: 'ผลรวมของงบประมาณต้องเท่ากับ' }).waitFor()
    await look(page, 'change refused')
    await price.fill(was_price)
    await amount.fill(was_amount)
    assert.equal(await method.inputValue(), 'คัดเลือก')
    await button(page, 'change.save').click()
    await page.getByText(words('change.saved'), { exact: true }).waitFor()
    page.assert_clean()
  })

  test('it is handed in, who decides is confirmed, and an objection is recorded', async () => {
    const page = await person('office.70')
    await act(page, 'change.submit').click()
    await answer(page).click()
    await state_is(page, 'checking')
    await act(page, 'change.settle').click()
    await look(page, 'settle dialog')
    await answer(page).click()
    await state_is(page, 'classified')
    await act(page, 'objection.record').click()
    await field(page, '/text_th').fill('ควรประกวดราคาใหม่ก่อน')
    await answer(page).click()
    await page.locator('.objections', { hasText: 'ควรประกวดราคาใหม่ก่อน' }).waitFor()
    page.assert_clean()
  })

  test('the governor records the resolution on a phone', async () => {
    const office = await api_of(program.url, 'office.70')
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
    const recorded = await office('POST', '/meetings', { body: 'provincial_administration_committee.70', number: `9/${Number(today.slice(0, 4)) + 543}`, on_date: today, chair_title_th: 'ผู้ว่าราชการจังหวัด' })
    assert.equal(recorded.status, 201, JSON.stringify(recorded.body))
    const page = await person('governor.70', { viewport: phone })
    await go(page, `/app/changes/${request.id}`)
    await look(page, 'change on a phone')
    await act(page, 'change.resolve').click()
    await field(page, '/meeting_id').selectOption(recorded.body.meeting_id)
    await field(page, '/number').fill('4.1')
    await field(page, '/kind').selectOption('approve')
    await field(page, '/text_th').fill('เห็นชอบ')
    await look(page, 'resolve dialog on a phone')
    await answer(page).click()
    await state_is(page, 'decided_here')
    await act(page, 'change.apply').click()
    await answer(page).click()
    await state_is(page, 'plan_changed')
    page.assert_clean()
  })

  test('the report is made and the request closed', async () => {
    const page = await person('office.70')
    await go(page, `/app/changes/${request.id}`)
    await act(page, 'change.report').click()
    const now = new Date(Date.now() + 7 * 3_600_000)
    await field(page, '/on_date').fill(`${now.getUTCDate()}/${now.getUTCMonth() + 1}/${now.getUTCFullYear() + 543}`)
    await field(page, '/proof').fill('หนังสือ ที่ รบ 1/2569')
    await answer(page).click()
    await page.getByText('หนังสือ ที่ รบ 1/2569').first().waitFor()
    await act(page, 'change.close').click()
    await answer(page).click()
    await state_is(page, 'closed')
    await page.getByRole('link', { name: words('change.dossier') }).click()
    await settled(page)
    await page.locator('.paper', { hasText: 'ควรประกวดราคาใหม่ก่อน' }).waitFor()
    await look(page, 'dossier')
    page.assert_clean()
  })

  test('the project tells its history', async () => {
    const page = await person('office.70')
    const office = await api_of(program.url, 'office.70')
    const { body } = await office('GET', `/changes/${request.id}`)
    await go(page, `/app/projects/${body.project.project_id}`)
    await page.getByText(words('project.history', { n: 2 })).click()
    await page.getByText(words('project.act.change.apply')).waitFor()
    await look(page, 'project with its history')
    page.assert_clean()
  })
})

describe('what was sent up is decided above', () => {
  test('an officer of the ministry records it, in English', async () => {
    const page = await person('moi')
    await go(page, '/app/projects?lang=en')
    await look(page, 'projects of all provinces in English')
    await go(page, '/app/changes')
    await look(page, 'changes in English')
    await page.locator('tbody tr', { hasText: words('change.state.sent_up', {}, 'en') }).getByRole('link').click()
    await settled(page)
    await decides(page, 'regional_subcommittee', 'en')
    await look(page, 'sent up, in English')
    await act(page, 'change.record_outcome', 'en').click()
    await field(page, '/outcome').selectOption('acknowledge')
    await field(page, '/on_date').fill('1/6/2021')
    await field(page, '/source').fill('หนังสือคณะอนุกรรมการ (สาธิต)')
    await answer(page, 'en').click()
    await state_is(page, 'decided_above', 'en')
    await page.getByText(words('course.days', { n: 29 }, 'en')).waitFor()
    page.assert_clean()
  })

  test('the province sees how long it took, decided here against sent up', async () => {
    const page = await person('office.70', { viewport: phone })
    await go(page, '/app/projects')
    await page.locator('.figure', { hasText: words('figures.above') }).locator('.figure-number', { hasText: words('figures.days', { n: 29 }) }).waitFor()
    await look(page, 'projects on a phone')
    page.assert_clean()
  })
})
