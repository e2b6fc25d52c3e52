// An application for two services in one case, from the walk-in to the day's till: each paper asked for once, what is missing
// told once, a decision for each service, fees in satang. Phone and desk, Thai and English.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, desk, new_visitor, picture, root, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser, page, office
const labels = Object.fromEntries([...readFileSync(join(root, 'data/law/acts.yaml'), 'utf8').matchAll(/\{act: case\.(\w+), label_th: "?([^",]+)"?, label_en: "?([^",]+)"?, group/g)].map(([, act, th, en]) => [act, { th, en }]))
const catalogue = JSON.parse(readFileSync(join(root, 'data/service_centre/catalogue.json'), 'utf8')).services
const papers = JSON.parse(readFileSync(join(root, 'data/service_centre/papers.json'), 'utf8')).papers
const service = code => catalogue.find(one => one.service === code)
const paper = code => papers.find(one => one.paper === code).name_th
const [out, into] = [service('dopa_433'), service('dopa_434')] // moving out and moving in: two papers of both
const union = new Set([...out.papers, ...into.papers].map(one => one.paper))
const taken = {}
const phone = { width: 390, height: 844 }
/** A day some weeks ahead, as an officer types it. */
const ahead = (() => {
  const day = new Date(Date.now() + 30 * 86_400_000)
  return `${day.getUTCDate()}/${day.getUTCMonth() + 1}/${day.getUTCFullYear() + 543}`
})()

before(async () => {
  ;[program, browser] = await Promise.all([start_program(), start_browser()])
  page = await watched_page(await new_visitor(browser, program.url))
  await sign_in(page, 'district.7001')
  office = await api_of(program.url, 'district.7001')
})
after(async () => {
  await browser?.close()
  await program?.stop()
})

async function go(path, of = page) {
  await of.goto(path)
  await settled(of)
}
async function look(name, of = page) {
  for (const size of [phone, desk]) {
    await of.setViewportSize(size)
    await of.evaluate(() => new Promise(requestAnimationFrame))
    await picture(of, `application, ${name} ${size.width}`)
    assert.deepEqual([await axe(of), await sideways(of)], [[], null], `${name} ${size.width}`)
  }
}
const field = (pointer, of = page) => of.locator(`[id="field${pointer.replaceAll('/', '-')}"]`)
const dialog = () => page.getByRole('dialog')
const confirm = () => dialog().getByRole('button', { name: words('ask_case.go'), exact: true })
const row = code => page.locator('.paper-row', { has: page.locator('b', { hasText: paper(code) }) })
const item = one => page.getByRole('article', { name: one.name_th, exact: true })
const state_is = (one, state) => item(one).locator('.mark', { hasText: words(`case_application.state.${state}`) }).waitFor()
/** Opens what an act asks for, fills it in and sends it. */
async function answer(button, fill) {
  await button.click()
  await fill?.()
  await confirm().click()
  await dialog().waitFor({ state: 'detached' })
  await settled(page)
}
const act_on = (one, act, fill) => answer(item(one).getByRole('button', { name: labels[act].th }), fill)
const focused = () => page.evaluate(() => document.activeElement?.innerText ?? '')

describe('at the counter', () => {
  test('a walk-in who wants services is led from the receipt to these', async () => {
    await go('/app/cases/new')
    await field('/title').fill('ขอย้ายบ้าน')
    await field('/reporters/0/name').fill('สมหมาย ใจสมมติ')
    await field('/kind').selectOption('one_stop_service')
    await page.keyboard.press('Control+Enter')
    const next = page.getByRole('link', { name: words('receipt.services') })
    await next.waitFor()
    await look('receipt')
    assert.equal(await focused(), words('receipt.services'), 'the next step has the focus')
    await page.keyboard.press('Enter')
    await page.locator('#application').waitFor()
    await settled(page)
    assert.match(page.url(), /#application$/)
    await page.waitForFunction(() => document.activeElement?.id === 'application-title')
    taken.id = new URL(page.url()).pathname.split('/').pop()
    page.assert_clean()
  })

  test('another kind of case has no such part, and its receipt goes on to the next', async () => {
    const { body } = await office('GET', '/cases?kind=complaint&limit=1')
    await go(`/app/cases/${body.items[0].case_id}`)
    await page.locator('#facts-title').waitFor()
    assert.equal(await page.locator('#application').count(), 0)
    page.assert_clean()
  })

  test('two services are chosen by keyboard, and it is said beforehand how many papers they ask for', async () => {
    await go(`/app/cases/${taken.id}#application`)
    await field('/services').focus()
    for (const [text, one] of [['ย้ายออก', out], ['ย้ายเข้า', into]]) {
      await page.keyboard.type(text)
      const option = page.locator('.picker li[role=option]', { hasText: one.name_th })
      await option.first().waitFor()
      if (one === out) await look('choosing services')
      while (!(await page.locator('.picker li[aria-selected=true]').innerText()).startsWith(`${one.name_th} `)) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.locator('.chosen li', { hasText: one.name_th }).waitFor()
    }
    await page.getByText(words('case_application.will_ask', { n: union.size })).waitFor()
    await look('chosen')
    const apply = page.getByRole('button', { name: words('case_application.apply', { n: 2 }) })
    for (let i = 0; i < 6 && (await focused()) !== words('case_application.apply', { n: 2 }); i++) await page.keyboard.press('Tab')
    assert.equal(await focused(), await apply.innerText())
    await page.keyboard.press('Enter')
    await state_is(out, 'applied')
    await state_is(into, 'applied')
    await settled(page)
    page.assert_clean()
  })

  test('a paper of both is asked for once, and names both', async () => {
    assert.equal(await page.locator('.paper-row').count(), union.size)
    for (const code of ['id_card', 'house_registration']) {
      assert.equal(await row(code).count(), 1)
      const text = await row(code).innerText()
      assert.ok(text.includes(out.name_th) && text.includes(into.name_th), text)
    }
    await look('applied')
  })

  test('papers are marked one after another with the same key', async () => {
    const see = row('id_card').getByRole('button', { name: words('case_application.see') })
    await see.focus()
    await page.keyboard.press('Enter')
    await row('id_card').locator('.mark.green').waitFor()
    await page.waitForFunction(() => document.activeElement?.matches('[data-next]'))
    assert.ok((await focused()).includes(paper('house_registration')), await focused())
    await page.keyboard.press('Enter')
    await row('house_registration').locator('.mark.green').waitFor()
    await settled(page)
    page.assert_clean()
  })

  test('a paper that is not needed says why', async () => {
    await answer(row('delegator_id_card').getByRole('button', { name: words('case_application.mark_not_needed') }), async () => {
      assert.ok(await confirm().isDisabled(), 'a reason is needed')
      await field('/reason_th').fill('ผู้ยื่นมาด้วยตนเอง')
    })
    await page.locator('summary', { hasText: words('case_application.not_needed', { n: 1 }) }).click()
    await row('delegator_id_card').getByText('ผู้ยื่นมาด้วยตนเอง').waitFor()
    page.assert_clean()
  })

  test('all that is missing is told at once, with what is asked for in some cases and what no catalogue names', async () => {
    await page.getByRole('button', { name: labels.check_papers.th }).click()
    await dialog().getByText(paper('moving_notice')).waitFor()
    await dialog().getByLabel(paper('delegation_letter')).check()
    await field('/others').fill('หนังสือยินยอมของเจ้าบ้าน')
    await dialog().getByText(words('case_application.check.count', { n: 3 })).waitFor()
    assert.ok(await confirm().isDisabled(), 'until a day is given')
    await field('/due_on').fill('1/1/2569')
    page.expect(422, /\/papers_check$/)
    await confirm().click()
    await page.locator('#field-due_on[aria-invalid=true]').waitFor()
    await look('telling what is missing, a day that is over')
    await field('/due_on').fill(ahead)
    await confirm().click()
    await dialog().waitFor({ state: 'detached' })
    await settled(page)
    await row('moving_notice').locator('.mark', { hasText: words('case_application.paper.told') }).waitFor()
    await look('told')
    page.assert_clean()
  })

  test('a second telling is refused, with the rule that says so', async () => {
    const { body: application } = await office('GET', `/cases/${taken.id}/services`)
    assert.equal(application.may_ask, false)
    await page.getByRole('button', { name: labels.check_papers.th }).click()
    await field('/others').fill('อีกอย่างหนึ่ง')
    await field('/due_on').fill(ahead)
    page.expect(409, /\/papers_check$/)
    await confirm().click()
    const refusal = dialog().getByRole('alert')
    await refusal.waitFor()
    const clocks = JSON.parse(readFileSync(join(root, 'data/service_centre/clocks.json'), 'utf8'))
    const rule = clocks.clocks.find(one => one.start === 'application_received' && one.set === application.checks[0].rule_set)
    const text = await refusal.innerText()
    assert.ok(text.includes(rule.name_th) && text.includes(rule.source), text)
    await look('a second telling')
    await dialog().getByRole('button', { name: words('cancel') }).click()
    page.assert_clean()
  })

  test('the applicant takes a slip home, which is all that is printed', async () => {
    await page.getByRole('link', { name: words('case_application.slip_open') }).click()
    const slip = page.getByRole('article', { name: words('case_application.slip') })
    await slip.waitFor()
    await settled(page)
    assert.deepEqual((await slip.locator('ol li').allInnerTexts()).toSorted(), [paper('moving_notice'), paper('delegation_letter'), 'หนังสือยินยอมของเจ้าบ้าน'].toSorted())
    await look('slip')
    await page.emulateMedia({ media: 'print' })
    await picture(page, 'application, slip printed')
    const printed = await page.locator('body').innerText()
    assert.ok(!printed.includes(words('nav.cases')) && !printed.includes('สมหมาย') && printed.includes(paper('moving_notice')), printed)
    await page.emulateMedia({ media: 'screen' })
    page.assert_clean()
  })

  test('what was missing is brought, as a file or seen; then both are complete', async () => {
    await go(`/app/cases/${taken.id}#application`)
    await page.locator('input[type=file]').setInputFiles({ name: 'moving.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') })
    await field('/purpose').selectOption('report')
    await page.getByRole('button', { name: words('file.send'), exact: true }).click()
    await page.locator('.photos figure', { hasText: 'moving.pdf' }).waitFor()
    await settled(page)
    await answer(row('moving_notice').getByRole('button', { name: words('case_application.choose_file') }), async () => {
      await field('/file').selectOption({ index: 1 })
      await look('choosing a file')
    })
    await row('moving_notice').getByRole('link', { name: 'moving.pdf' }).waitFor()
    await state_is(into, 'applied') // the letter is missing for moving out, and what no catalogue names for both
    await row('delegation_letter').getByRole('button', { name: words('case_application.see') }).click()
    await row('delegation_letter').locator('.mark.green').waitFor()
    await settled(page)
    await page.locator('.paper-row', { hasText: 'หนังสือยินยอมของเจ้าบ้าน' }).getByRole('button', { name: words('case_application.see') }).click()
    await state_is(out, 'complete')
    await state_is(into, 'complete')
    await settled(page)
    const clocks = await page.locator('.clock').allInnerTexts()
    for (const one of [out, into]) assert.equal(clocks.filter(text => text.includes(one.name_th) && text.includes(words('case_application.unit.minute', { n: 20 }))).length, 1, `one clock of ${one.name_th}, with the time of the manual`)
    await look('complete')
    page.assert_clean()
  })
})

describe('decisions, fees and the certificate', () => {
  test('one is granted, the other refused with a reason', async () => {
    await act_on(out, 'decide_service')
    await state_is(out, 'granted')
    await act_on(into, 'decide_service', async () => {
      await field('/outcome').selectOption('refused')
      assert.ok(await confirm().isDisabled(), 'a reason is needed')
      await field('/reason_th').fill('บ้านปลายทางไม่มีเลขที่')
      await look('refusing')
    })
    await state_is(into, 'refused')
    await item(into).getByText('บ้านปลายทางไม่มีเลขที่').waitFor()
    page.assert_clean()
  })

  test('a fee is typed in baht and kept in satang; what is no amount is not sent', async () => {
    await act_on(out, 'take_fee', async () => {
      await field('/receipt').fill('ก 1/70')
      await field('/satang').fill('20.505')
      await page.locator('#field-satang[aria-invalid=true]').waitFor()
      assert.ok(await confirm().isDisabled())
      await look('taking a fee, wrong amount')
      await field('/satang').fill('๒๐.๒๕')
    })
    const { body } = await office('GET', `/cases/${taken.id}/services`)
    assert.equal(body.payments[0].satang, 2025)
    await item(out).getByText(words('case_application.baht', { n: '20.25' })).waitFor()
    page.assert_clean()
  })

  test('a wrong one stays, struck, with what replaced it', async () => {
    await answer(page.locator('.fees tr', { hasText: 'ก 1/70' }).getByRole('button', { name: labels.correct_fee.th }), async () => {
      await field('/satang').fill('20')
      await field('/receipt').fill('ก 2/70')
      assert.ok(await confirm().isDisabled(), 'a reason is needed')
      await field('/reason_th').fill('พิมพ์สตางค์เกิน')
    })
    const wrong = page.locator('.fees tr.corrected')
    assert.deepEqual(await wrong.locator('s').allInnerTexts(), ['ก 1/70', '20.25'])
    await wrong.locator('.mark', { hasText: words('case_application.corrected', { receipt: 'ก 2/70' }) }).waitFor()
    assert.equal(await wrong.getByRole('button').count(), 0, 'what was corrected is corrected in the row that replaced it')
    assert.equal(await page.locator('.application .fees tfoot b').innerText(), '20.00')
    page.assert_clean()
  })

  test('the paper is handed over with its number', async () => {
    await act_on(out, 'give_certificate', () => field('/certificate').fill('ทร.6 12/2569'))
    await state_is(out, 'given')
    await item(out).getByText('ทร.6 12/2569').waitFor()
    await look('handed over')
    await page.emulateMedia({ media: 'print' })
    await picture(page, 'application, case printed')
    assert.ok(!(await page.locator('#application').innerText()).includes(labels.take_fee.th), 'no buttons on paper')
    await page.emulateMedia({ media: 'screen' })
    page.assert_clean()
  })

  test('a service is taken out by the applicant, on a case of its own', async () => {
    const { body } = await office('POST', '/cases', { kind: 'one_stop_service', category: 'general', importance: 'ordinary', channel: 'walk_in', title: 'ขอบัตรใหม่', detail: '', place: { area: '7001', given: 'typed' }, reporters: [{ type: 'person', name: 'สมศรี ใจสมมติ' }] }, { 'idempotency-key': crypto.randomUUID() })
    taken.second = body.case_id
    assert.ok(taken.second, JSON.stringify(body))
    const card = service('dopa_207')
    await office('POST', `/cases/${taken.second}/services`, { services: [card.service] }, { 'if-match': '*' })
    await go(`/app/cases/${taken.second}#application`)
    await item(card).getByRole('button', { name: labels.take_fee.th }).click()
    assert.equal(await field('/satang').inputValue(), '100.00', 'the fee of the catalogue stands ready')
    await dialog().getByRole('button', { name: words('cancel') }).click()
    await act_on(card, 'withdraw_service', () => field('/reason_th').fill('พบบัตรแล้ว'))
    await state_is(card, 'withdrawn')
    assert.equal(await item(card).getByRole('button').count(), 0)
    page.assert_clean()
  })

  test('who comes second is told, and nothing is lost', async () => {
    const card = service('dopa_209')
    await office('POST', `/cases/${taken.second}/services`, { services: [card.service] }, { 'if-match': '*' })
    await page.reload()
    await item(card).getByRole('button', { name: labels.withdraw_service.th }).click()
    await field('/reason_th').fill('เปลี่ยนใจ')
    await office('POST', `/cases/${taken.second}/take_charge`, {}, { 'if-match': '*' })
    page.expect(412, /\/withdrawal$/)
    await confirm().click()
    await dialog().getByRole('alert').waitFor()
    assert.equal(await field('/reason_th').inputValue(), 'เปลี่ยนใจ')
    await dialog().getByRole('button', { name: words('cancel') }).click()
    page.assert_clean()
  })
})

describe('fees of the day', () => {
  test('the district sees what it took, what was corrected, and the sum; a row opens its case', async () => {
    await go('/app/cases')
    await page.getByRole('link', { name: words('fees.title') }).click()
    await page.locator('.fees tbody tr').nth(1).waitFor()
    await settled(page)
    assert.deepEqual(await page.locator('.fee-sums dd').allInnerTexts(), ['40.25', '−20.25', words('case_application.baht', { n: '20.00' })])
    await look('fees of the day')
    const csv = await page.evaluate(async href => (await fetch(href)).text(), await page.getByRole('link', { name: 'CSV' }).getAttribute('href'))
    assert.ok(csv.includes('2025') && csv.includes('ก 2/70'), csv)
    await page.emulateMedia({ media: 'print' })
    await picture(page, 'application, fees printed')
    await page.emulateMedia({ media: 'screen' })
    await page.locator('.fees tbody a').first().click()
    await page.locator('#application').waitFor()
    assert.equal(new URL(page.url()).pathname, `/app/cases/${taken.id}`)
    page.assert_clean()
  })

  test('a day without fees says so', async () => {
    await go('/app/cases/fees')
    await page.getByRole('button', { name: words('fees.before') }).click()
    await page.locator('.fees-none').waitFor()
    await look('fees of an empty day')
    page.assert_clean()
  })

  test('who may not read them sees no link', async () => {
    const other = await watched_page(await new_visitor(browser, program.url))
    other.expect(403, /\/board$/) // an agency has no board either
    await sign_in(other, 'water.70')
    await go('/app/cases', other)
    assert.equal(await other.getByRole('link', { name: words('fees.title') }).count(), 0)
    other.assert_clean()
  })

  test('in English, of a province that chooses a district', async () => {
    const english = await watched_page(await new_visitor(browser, program.url))
    await sign_in(english, 'office.70')
    await go('/app/cases/fees?lang=en', english)
    await field('/district', english).selectOption('7001')
    await english.locator('.fees tbody tr').nth(1).waitFor()
    await look('fees in English', english)
    await go(`/app/cases/${taken.id}#application`, english)
    await english.getByRole('article', { name: out.name_en, exact: true }).getByText(words('case_application.state.given', {}, 'en')).waitFor()
    await look('case in English', english)
    await go(`/app/cases/${taken.id}/missing`, english)
    await look('slip in English', english)
    english.assert_clean()
  })
})
