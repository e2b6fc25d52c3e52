// An administrator's walk: persons, offices and who holds them, from adding somebody to undoing what was recorded.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { axe, desk, new_visitor, phone, picture, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser, admin
const password = 'ม้าขาวสี่ตัวข้ามแม่น้ำ'
const issued = {} // username → one-time password

before(async () => {
  ;[program, browser] = await Promise.all([start_program(), start_browser()])
  admin = await watched_page(await new_visitor(browser, program.url))
  await sign_in(admin, 'admin')
})
after(async () => { await browser?.close(); await program?.stop() })

const field = (page, pointer) => page.locator(`[id="field${pointer.replaceAll('/', '-')}"]`)
const dialog = page => page.getByRole('dialog')
const in_dialog = (page, pointer) => dialog(page).locator(`[id="field${pointer.replaceAll('/', '-')}"]`)
const answer = (page, key) => dialog(page).getByRole('button', { name: words(key), exact: true })
const button = (page, key) => page.getByRole('button', { name: words(key), exact: true })
const timeline = page => page.locator('.timeline > li')
async function go(page, path) {
  await page.goto(path)
  await settled(page)
}

/** A page or dialog as it is now, on a phone and at a desk: nothing for axe to find, and nothing wider than the window. */
async function look(page, name) {
  for (const size of [phone, desk]) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise(requestAnimationFrame))
    await picture(page, `${name} ${size.width}`)
    assert.deepEqual([await axe(page), await sideways(page)], [[], null], `${name} ${size.width}`)
  }
}

async function add_person(username, name_th, name_en) {
  await go(admin, '/app/persons')
  await button(admin, 'person.add').click()
  await in_dialog(admin, '/username').fill(username)
  await in_dialog(admin, '/name_th').fill(name_th)
  await in_dialog(admin, '/name_en').fill(name_en)
  await answer(admin, 'person.add_go').click()
  issued[username] = await dialog(admin).locator('.one-time').innerText()
}

/** Records a holder on the page of an office, chosen from the persons found by a part of the name. */
async function record_holder({ name, manner = 'substantive', from, to = '', order = '' }) {
  await button(admin, 'holding.begin').click()
  await in_dialog(admin, '/username').fill(name)
  await dialog(admin).locator('.suggestions button').first().click()
  await in_dialog(admin, '/ground').selectOption(manner)
  await in_dialog(admin, '/from_date').fill(from)
  if (to) await in_dialog(admin, '/to_date').fill(to)
  await in_dialog(admin, '/order_reference').fill(order)
  await answer(admin, 'holding.begin_go').click()
}

describe('an administrator', () => {
  test('adds persons, and sees each one-time password once', async () => {
    await add_person('wichai.n', 'วิชัย ทดสอบระบบ', 'Wichai Testcase')
    await look(admin, 'one-time password')
    assert.match(issued['wichai.n'], /^\w{4}(-\w{4}){3}$/)
    await answer(admin, 'person.issued_close').click()
    assert.ok(!(await admin.locator('main').innerText()).includes(issued['wichai.n']))
    await add_person('malee.s', 'มาลี ทดสอบระบบ', 'Malee Testcase')
    await answer(admin, 'person.issued_close').click()
    admin.assert_clean()
  })

  test('is told in the form what is wrong with a new person', async () => {
    await go(admin, '/app/persons')
    admin.expect(422, /\/persons$/)
    await button(admin, 'person.add').click()
    await in_dialog(admin, '/username').fill('wichai.n')
    await in_dialog(admin, '/name_th').fill('ก')
    await in_dialog(admin, '/name_en').fill('A')
    await answer(admin, 'person.add_go').click()
    await dialog(admin).locator('#field-username[aria-invalid=true]').waitFor()
    await look(admin, 'user name taken')
    await admin.keyboard.press('Escape')
    await dialog(admin).waitFor({ state: 'detached' })
    admin.assert_clean()
  })

  test('finds persons by part of a name', async () => {
    await field(admin, '/search').fill('ทดสอบระบบ')
    await admin.waitForFunction(() => document.querySelectorAll('tbody tr').length === 2)
    await look(admin, 'persons found')
    await field(admin, '/search').fill('ไม่มีใครชื่อนี้')
    await admin.getByText(words('persons.none')).waitFor()
    admin.assert_clean()
  })

  test('adds an office of a district and records who holds it', async () => {
    await go(admin, '/app/offices')
    await look(admin, 'offices')
    await button(admin, 'office.add').click()
    await in_dialog(admin, '/role').selectOption('district')
    await in_dialog(admin, '/province').selectOption('70')
    await in_dialog(admin, '/area').selectOption('7002')
    await in_dialog(admin, '/title_th').fill('นายอำเภอจอมบึง')
    await in_dialog(admin, '/title_en').fill('District chief of Chom Bueng')
    await look(admin, 'new office')
    await answer(admin, 'office.add_go').click()
    await admin.getByRole('heading', { level: 1, name: 'นายอำเภอจอมบึง' }).waitFor()
    await admin.getByText(words('office.never_held')).waitFor()
    await look(admin, 'an office without holder')
    await record_holder({ name: 'วิชัย', from: '1/10/2567', order: 'คำสั่งที่ 100/2567' })
    await timeline(admin).filter({ hasText: 'วิชัย' }).waitFor()
    assert.match(await timeline(admin).innerText(), /1 ตุลาคม 2567 – .*คำสั่งที่ 100\/2567/s)
    admin.assert_clean()
  })

  test('is refused a second holder, and records who acts instead', async () => {
    admin.expect(422, /\/holdings$/)
    await record_holder({ name: 'มาลี', from: '1/1/2569' })
    await dialog(admin).locator('#field-from_date[aria-invalid=true]').waitFor()
    await look(admin, 'occupied')
    await in_dialog(admin, '/ground').selectOption('holder_unable')
    await in_dialog(admin, '/to_date').fill('31/1/2569')
    await answer(admin, 'holding.begin_go').click()
    await dialog(admin).waitFor({ state: 'detached' })
    await timeline(admin).filter({ hasText: words('ground.holder_unable') }).waitFor()
    assert.equal(await timeline(admin).count(), 2)
    await look(admin, 'timeline')
    admin.assert_clean()
  })

  test('corrects a day; both stand in the history, and undo brings the first back', async () => {
    const holder = timeline(admin).filter({ hasText: 'วิชัย' })
    await holder.getByRole('button', { name: words('holding.correct') }).click()
    await in_dialog(admin, '/from_date').fill('2/10/2567')
    await in_dialog(admin, '/reason').fill('พิมพ์วันที่ผิด')
    await look(admin, 'correction')
    await answer(admin, 'holding.correct.go').click()
    await holder.filter({ hasText: '2 ตุลาคม 2567' }).waitFor()
    await button(admin, 'holding.undo').click()
    await holder.filter({ hasText: '1 ตุลาคม 2567' }).waitFor()
    await admin.locator('details.panel summary').click()
    const recorded = await admin.locator('details.panel').innerText()
    assert.ok(recorded.includes('พิมพ์วันที่ผิด') && recorded.includes(words('holding.undo_reason')), recorded)
    await look(admin, 'history')
    admin.assert_clean()
  })

  test('ends a holding and takes that back', async () => {
    const holder = timeline(admin).filter({ hasText: 'วิชัย' })
    await holder.getByRole('button', { name: words('holding.end') }).click()
    await in_dialog(admin, '/last_day').fill('30/9/2569')
    await in_dialog(admin, '/reason').fill('เกษียณอายุ')
    await answer(admin, 'holding.end.go').click()
    await holder.filter({ hasText: '30 กันยายน 2569' }).waitFor()
    await button(admin, 'holding.undo').click()
    await holder.filter({ hasText: words('holding.open_end') }).waitFor()
    admin.assert_clean()
  })

  test('withdraws an entry that never was', async () => {
    const acting = timeline(admin).filter({ hasText: 'มาลี' })
    await acting.getByRole('button', { name: words('holding.withdraw') }).click()
    await in_dialog(admin, '/reason').fill('ผิดคน')
    await answer(admin, 'holding.withdraw.go').click()
    await acting.waitFor({ state: 'detached' })
    admin.assert_clean()
  })

  test('prints the office without buttons', async () => {
    await admin.emulateMedia({ media: 'print' })
    assert.equal(await admin.locator('button:visible').count(), 0)
    assert.ok(await timeline(admin).first().isVisible())
    await picture(admin, 'office on paper')
    await admin.emulateMedia({ media: 'screen' })
  })

  test('finds the office by who holds it, and by being vacant or not', async () => {
    await go(admin, '/app/offices')
    await field(admin, '/search').fill('วิชัย')
    await admin.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
    await field(admin, '/occupancy').selectOption('vacant')
    await admin.getByText(words('offices.none')).waitFor()
    admin.assert_clean()
  })

  test('locks an account, unlocks it, and cannot do so to the own one', async () => {
    await go(admin, '/app/persons')
    await field(admin, '/search').fill('malee')
    await admin.getByRole('link', { name: 'มาลี ทดสอบระบบ' }).click()
    await settled(admin)
    await look(admin, 'a person')
    await button(admin, 'person.lock').click()
    await look(admin, 'lock')
    await answer(admin, 'person.lock.go').click()
    await admin.locator('.page-head .mark', { hasText: words('person.locked') }).waitFor()
    await button(admin, 'person.unlock').click()
    await answer(admin, 'person.unlock.go').click()
    await admin.locator('.page-head .mark', { hasText: words('person.locked') }).waitFor({ state: 'detached' })
    await go(admin, '/app/persons')
    await admin.getByRole('link', { name: /ผู้ดูแลระบบ/ }).click()
    await admin.getByText(words('person.own')).waitFor()
    assert.equal(await button(admin, 'person.lock').count(), 0)
    admin.assert_clean()
  })
})

test('a new person must choose a password, and then finds the office given', async () => {
  const page = await watched_page(await new_visitor(browser, program.url, { viewport: phone }))
  await page.goto('/app/offices')
  await page.locator('#field-username').fill('wichai.n')
  await page.locator('#field-password').fill(issued['wichai.n'])
  await page.locator('form button[type=submit]').click()
  await page.getByRole('heading', { level: 1, name: words('me.one_time') }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/app/me', 'nothing else can be opened')
  await look(page, 'own password')
  await field(page, '/old_password').fill(issued['wichai.n'])
  await field(page, '/new_password').fill(password)
  await field(page, '/again').fill(password)
  await button(page, 'me.password_go').click()
  await page.getByRole('heading', { level: 1, name: words('nav.me') }).waitFor()
  await page.locator('.account summary', { hasText: 'นายอำเภอจอมบึง' }).waitFor()
  page.assert_clean()
})

test('the pages are in English for who reads English', async () => {
  await go(admin, '/app/offices?lang=en')
  await look(admin, 'offices in English')
  await field(admin, '/search').fill('wichai')
  await admin.getByRole('link', { name: 'District chief of Chom Bueng' }).click()
  await admin.getByText(words('office.timeline', {}, 'en')).waitFor()
  assert.match(await timeline(admin).innerText(), /Wichai Testcase.*1 October 2024 – until further notice/s)
  await look(admin, 'an office in English')
  admin.assert_clean()
})

test('a provincial office reads its offices and is told what it may not record', async () => {
  const page = await watched_page(await new_visitor(browser, program.url))
  await sign_in(page, 'office.70', '/app/offices')
  for (const title of ['ผู้ว่าราชการจังหวัดราชบุรี', 'สำนักงานจังหวัดราชบุรี', 'อำเภอเมืองราชบุรี', 'นายอำเภอจอมบึง'])
    assert.notEqual(await page.locator('tbody tr', { hasText: title }).count(), 0, title)
  assert.equal(await page.locator('tbody tr', { hasText: /ขอนแก่น|หนองบัวลำภู/ }).count(), 0, 'of its own province only')
  await page.getByRole('link', { name: /ผู้ว่าราชการจังหวัดราชบุรี/ }).click()
  await page.getByText(words('office.read_only')).waitFor()
  assert.equal(await button(page, 'holding.begin').count(), 0)
  await go(page, '/app/offices')
  await page.getByRole('link', { name: 'นายอำเภอจอมบึง' }).click()
  await button(page, 'holding.begin').waitFor()
  await go(page, '/app/persons')
  await page.getByText(words('persons.not_yours')).waitFor()
  page.assert_clean()
})
