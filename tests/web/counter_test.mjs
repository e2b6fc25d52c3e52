// A district's counter: times that are offered, an appointment by the tracking code and at the desk, the queue of the day
// and its screen; and recurring cases that are proposed as a need of their place.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, desk, get, new_visitor, phone, picture, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser, district
before(async () => {
  [program, browser] = await Promise.all([start_program(), start_browser()])
  district = await api_of(program.url, 'district.7001')
})
after(async () => { await browser?.close(); await program?.stop() })

const done = async (method, path, body, expected = 200) => {
  const answer = await district(method, path, body, { 'if-match': '*' })
  assert.equal(answer.status, expected, JSON.stringify(answer.body))
  return answer.body
}
async function officer(path, size = desk) {
  const page = await watched_page(await new_visitor(browser, program.url))
  await page.setViewportSize(size)
  await sign_in(page, 'district.7001', path)
  await settled(page)
  return page
}
async function look(page, name) {
  await picture(page, `counter ${name}`)
  assert.deepEqual(await axe(page), [])
  assert.equal(await sideways(page), null)
}
const button = (page, key, gaps) => page.getByRole('button', { name: words(key, gaps) })
/** The first day from tomorrow on that offers times, whatever day of the week it is today. */
async function open_day() {
  for (let ahead = 1; ahead < 30; ahead++) {
    const on = new Date(Date.now() + 7 * 3600_000 + ahead * 86400_000).toISOString().slice(0, 10)
    const { times } = await get(program.url, `/service_centre/counter/free?district=7001&on=${on}`)
    if (times.some(time => time.free > 0)) return on
  }
  assert.fail('no day with times')
}

describe('times', () => {
  test('are written as a line for each day; what is no time is named and not sent', async () => {
    const page = await officer('/app/cases/counter')
    await button(page, 'times.set').click()
    const dialog = page.getByRole('dialog')
    for (const day of ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']) await dialog.getByLabel(words(`weekday.${day}`)).fill('9.00 10:00x2 15:30')
    await dialog.getByLabel(words('weekday.friday')).fill('9.00 เช้า')
    await dialog.getByText(words('times.wrong', { word: 'เช้า' })).waitFor()
    assert.ok(await dialog.getByRole('button', { name: words('times.save') }).isDisabled())
    await look(page, 'times wrong')
    await dialog.getByLabel(words('weekday.friday')).fill('09:00 10:00×2')
    await dialog.getByRole('button', { name: words('times.save') }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('09:00 10:00×2 15:30').first().waitFor()
    const { times } = await get(program.url, '/service_centre/counter/times?district=7001')
    assert.equal(times.length, 14)
    page.assert_clean()
    await page.context().close()
  })
})

describe('an appointment', () => {
  let case_id, code
  before(async () => {
    const taken = await done('POST', '/cases', {
      kind: 'one_stop_service', category: 'general', channel: 'walk_in', importance: 'ordinary', title: 'ขอมีบัตรใหม่', detail: '',
      place: { area: '7001', given: 'typed' }, reporters: [{ type: 'person', name: 'นายทดสอบ ระบบ' }],
    }, 201)
    ;({ case_id, tracking_code: code } = taken)
    await done('POST', `/cases/${case_id}/services`, { services: ['dopa_207'] })
  })
  const stands = async () => (await done('GET', `/cases/${case_id}/services`)).appointment

  test('is booked, moved and cancelled on a phone by the tracking code', async () => {
    const on = await open_day()
    const page = await watched_page(await new_visitor(browser, program.url))
    await page.setViewportSize(phone)
    await page.goto(`/follow#${code}`)
    const booking = page.locator('#booking')
    await booking.locator('summary').click()
    await booking.locator('input[type=radio]').first().waitFor()
    assert.equal(await booking.locator('input[type=date]').inputValue() >= on.slice(0, 8), true, 'a day with places is offered by itself')
    await booking.locator('input[type=date]').fill(on)
    await booking.locator('input[value="10:00"]').waitFor()
    await booking.locator('button.main').click()
    await booking.locator('.fault:visible').waitFor()
    await look(page, 'booking, no time chosen')
    await booking.locator('input[value="10:00"]').check()
    await booking.locator('button.main').click()
    await page.locator('#case', { hasText: 'เวลา 10:00 น.' }).waitFor()
    assert.deepEqual(await stands(), { on, starts: '10:00' })

    await booking.locator('summary').click()
    await booking.locator('input[type=radio]').first().waitFor()
    await booking.locator('input[type=date]').fill(on)
    await booking.locator('input[value="09:00"]').check()
    await booking.locator('button.main').click()
    await page.locator('#case', { hasText: 'เวลา 09:00 น.' }).waitFor()
    await look(page, 'booked')
    await booking.locator('summary').click()
    await booking.locator('[data-cancel]').click()
    await booking.locator('summary', { hasText: 'นัดเวลามาที่เคาน์เตอร์' }).waitFor()
    assert.equal(await stands(), null)
    page.assert_clean()
    await page.context().close()
  })

  test('is booked at the desk, and the page of the case says when', async () => {
    const on = await open_day()
    const page = await officer(`/app/cases/${case_id}`)
    await button(page, 'appointment.book').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(words('fees.day')).fill(on)
    await dialog.getByLabel(words('appointment.time')).selectOption('10:00')
    await look(page, 'booking at the desk')
    await dialog.getByRole('button', { name: words('ask_case.go') }).click()
    await dialog.waitFor({ state: 'detached' })
    await button(page, 'appointment.move').waitFor()
    assert.deepEqual(await stands(), { on, starts: '10:00' })
    page.assert_clean()
    await page.context().close()
  })
})

describe('the queue of the day', () => {
  let page
  before(async () => { page = await officer('/app/cases/counter') })
  after(() => page?.context().close())
  const press = async key => {
    const enabled = page.locator('button:enabled', { hasText: words(key) }).first()
    await enabled.focus()
    await page.keyboard.press('Enter')
  }

  test('numbers are given and called by keyboard, and the screen shows the number to everybody', async () => {
    await button(page, 'queue.nobody').waitFor()
    for (const number of [1, 2]) {
      await press('queue.give')
      await page.locator('.queue-slip .queue-number', { hasText: String(number) }).waitFor()
    }
    await page.getByLabel(words('queue.desk')).fill('3')
    await press('queue.next')
    await page.locator('.queue-now .queue-number', { hasText: '1' }).waitFor()
    await look(page, 'queue')

    const screen = await watched_page(await new_visitor(browser, program.url))
    await screen.goto('/queue?district=7001')
    await screen.locator('#called li', { hasText: '3' }).waitFor()
    assert.equal(await screen.locator('#called li b.number').innerText(), '1')
    assert.equal(await screen.locator('#waiting').innerText(), '1')
    await look(screen, 'screen')
    await press('queue.absent')
    await page.locator('.queue-now').waitFor({ state: 'detached' })
    await press('queue.next')
    await page.locator('.queue-now .queue-number', { hasText: '2' }).waitFor()
    await screen.locator('#called li b.number', { hasText: '2' }).waitFor()
    await screen.setViewportSize(phone)
    await look(screen, 'screen on a phone')
    screen.assert_clean()
    await screen.context().close()
    await press('queue.done')
    await button(page, 'queue.nobody').waitFor()
    page.assert_clean()
  })

  test('what another desk does shows here by itself', async () => {
    await done('POST', '/service_centre/queue/tickets', { district: '7001' }, 201)
    await page.getByRole('heading', { name: words('queue.waits', { n: 1 }) }).waitFor()
    await done('POST', '/service_centre/queue/call', { district: '7001', desk: '5' })
    await page.getByText('3 → 5').waitFor()
    await page.setViewportSize(phone)
    await look(page, 'queue on a phone')
  })
})

describe('what keeps coming from one place', () => {
  test('is proposed as a need; its cases say so, and it can be withdrawn with the reason', async () => {
    const page = await officer('/app/cases')
    await button(page, 'need.propose').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(words('need.title'), { exact: true }).fill('เปลี่ยนท่อประปาสายหลักของตำบล')
    await look(page, 'need dialog')
    const ticks = dialog.getByRole('checkbox')
    const count = await ticks.count()
    for (let i = 4; i < count; i++) await ticks.nth(i).uncheck()
    assert.ok(await dialog.getByRole('button', { name: words('need.go') }).isDisabled(), 'four are too few')
    await ticks.nth(4).check()
    await dialog.getByRole('button', { name: words('need.go') }).click()
    await page.waitForURL('**/app/cases/needs/*')
    await page.getByRole('heading', { name: 'เปลี่ยนท่อประปาสายหลักของตำบล' }).waitFor()
    await settled(page)
    assert.equal(await page.locator('table.cases tbody tr').count(), 5)
    await look(page, 'need')
    const need_url = page.url()
    await page.locator('table.cases tbody a').first().click()
    await page.getByRole('link', { name: 'เปลี่ยนท่อประปาสายหลักของตำบล' }).waitFor()
    await page.goto(need_url)
    await button(page, 'need.withdraw').click()
    await page.getByRole('dialog').getByLabel(words('ask_case.reason')).fill('อยู่ในแผนตำบลแล้ว')
    await page.getByRole('dialog').getByRole('button', { name: words('need.withdraw') }).click()
    await page.getByText('อยู่ในแผนตำบลแล้ว').waitFor()
    await page.setViewportSize(phone)
    await look(page, 'need withdrawn on a phone')
    page.assert_clean()
    await page.context().close()
  })
})
