// The service centre in a browser: a district takes cases by keyboard, agencies work on them, evidence is held against the place,
// a second person closes; off line nothing is lost and nothing doubled. Phone and desk, Thai and English.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { api_of, axe, desk, new_visitor, phone, picture, root, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser
const people = new Map()
const taken = {}
const labels = Object.fromEntries([...readFileSync(join(root, 'data/law/acts.yaml'), 'utf8').matchAll(/\{act: ([\w.]+), label_th: "?([^",]+)"?, label_en: "?([^",]+)"?, group/g)].map(([, act, label_th, label_en]) => [act, { label_th, label_en }]))
const spot = '13.5367, 99.8171'
const far = '13.6000, 99.9000'
const petitioner = 'สมหมาย ใจสมมติ'
const telephone = '0812345678'

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
/** As it is now, on a phone and at a desk. */
async function look(page, name) {
  for (const size of [phone, desk]) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise(requestAnimationFrame))
    await picture(page, `${name} ${size.width}`)
    assert.deepEqual([await axe(page), await sideways(page)], [[], null], `${name} ${size.width}`)
  }
}
const field = (page, pointer) => page.locator(`[id="field${pointer.replaceAll('/', '-')}"]`)
const dialog = page => page.getByRole('dialog')
const answer = (page, lang = 'th') => dialog(page).getByRole('button', { name: words('ask_case.go', {}, lang), exact: true })
const button = (page, key, lang = 'th') => page.getByRole('button', { name: words(key, {}, lang), exact: true })
const act = (page, name) => page.locator('.acts').getByRole('button', { name: labels[name].label_th, exact: true })
const state_is = (page, state, lang = 'th') => page.locator('.page-head .mark', { hasText: words(`case.state.${state}`, {}, lang) }).waitFor()
const assignment = (page, office) => page.locator('.assignment', { hasText: office })
/** One act by its dialog. */
async function do_act(page, name, fill = async () => {}) {
  await act(page, name).click()
  await fill(dialog(page))
  await answer(page).click()
  await dialog(page).waitFor({ state: 'detached' })
  await settled(page)
}
const focused = page => page.evaluate(() => document.activeElement?.id ?? '')
async function tab_to(page, pointer) {
  const wanted = `field${pointer.replaceAll('/', '-')}`
  for (let i = 0; i < 12 && (await focused(page)) !== wanted; i++) await page.keyboard.press('Tab')
  assert.equal(await focused(page), wanted)
}

/** A picture of one colour, each another file. */
function png(shade) {
  const crc_of = bytes => {
    let crc = ~0
    for (const byte of bytes) { crc ^= byte; for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0) }
    return ~crc >>> 0
  }
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const out = Buffer.alloc(body.length + 8)
    out.writeUInt32BE(data.length)
    body.copy(out, 4)
    out.writeUInt32BE(crc_of(body), body.length + 4)
    return out
  }
  const size = 32
  const head = Buffer.from([0, 0, 0, size, 0, 0, 0, size, 8, 0, 0, 0, 0])
  const rows = Buffer.concat(Array.from({ length: size }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(size, shade)])))
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}
/** Sends a photo with what a camera would have said of it. */
async function attach(page, name, purpose, place, shade) {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer: png(shade) })
  await field(page, '/purpose').selectOption(purpose)
  const now = new Date(Date.now() + 7 * 3_600_000)
  await page.locator('[id="field?taken_at"]').fill(`${now.getUTCDate()}/${now.getUTCMonth() + 1}/${now.getUTCFullYear() + 543}`)
  await field(page, '/taken_time').fill(now.toISOString().slice(11, 19))
  await page.locator('[id="field?latitude"]').fill(place)
  await button(page, 'file.send').click()
  await page.locator('.photos figure', { hasText: name }).waitFor()
  await settled(page)
}

describe('at the counter', () => {
  test('a walk-in is taken by keyboard alone, and the slip has number and code', async () => {
    const page = await person('district.7001')
    await go(page, '/app/cases/new')
    await page.waitForFunction(() => document.activeElement?.id === 'field-title')
    await page.keyboard.type('ท่อระบายน้ำอุดตันหน้าโรงเรียน')
    await page.keyboard.press('Tab')
    await page.keyboard.type('น้ำท่วมทางเดินทุกครั้งที่ฝนตก')
    await page.keyboard.press('Tab')
    await page.keyboard.type('na mueang')
    await page.locator('li[role=option][aria-selected=true]').waitFor()
    await look(page, 'counter, choosing an area')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('หน้าโรงเรียน')
    await page.keyboard.press('Tab')
    await page.keyboard.type(spot)
    await tab_to(page, '/reporters/0/name')
    await page.keyboard.type(petitioner)
    await page.keyboard.press('Tab')
    await page.keyboard.type(telephone)
    await look(page, 'counter')
    await page.keyboard.press('Control+Enter')
    await page.locator('.slip-number').nth(1).waitFor()
    await settled(page)
    ;[taken.number, taken.code] = await page.locator('.slip-number').allInnerTexts()
    assert.match(taken.code, /^\w{5}-\w{5}-\w{5}$/)
    await page.locator('svg.qr').waitFor()
    await look(page, 'slip')
    taken.id = (await page.getByRole('link', { name: words('receipt.open') }).getAttribute('href')).split('/').pop()
    page.assert_clean()
  })

  test('the next is a call of somebody who wants to stay secret; what would tell the name is refused', async () => {
    const page = await person('district.7001')
    await page.keyboard.press('Enter') // the focus is on "next case"
    await page.waitForFunction(() => document.activeElement?.id === 'field-title')
    await page.keyboard.type(`มีการพนันในหมู่บ้าน แจ้งโดย ${petitioner}`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await tab_to(page, '/place/position')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await tab_to(page, '/reporters/0/name')
    await page.keyboard.type(petitioner)
    await tab_to(page, '/channel')
    await page.keyboard.press('ArrowDown')
    assert.equal(await field(page, '/channel').inputValue(), 'hotline_1567')
    page.expect(422, /\/cases$/)
    await page.keyboard.press('Control+Enter')
    await page.locator('#field-title[aria-invalid=true]').waitFor()
    await look(page, 'counter refused')
    await field(page, '/title').fill('มีการพนันในหมู่บ้าน')
    await page.keyboard.press('Control+Enter')
    await page.locator('.slip-number').nth(1).waitFor()
    await settled(page)
    taken.secret = (await page.getByRole('link', { name: words('receipt.open') }).getAttribute('href')).split('/').pop()
    page.assert_clean()
  })

  test('a secret reporter is not seen, also not masked', async () => {
    const page = await person('district.7001')
    await go(page, `/app/cases/${taken.secret}`)
    const shown = await page.locator('main').innerText()
    assert.ok(!shown.includes('สมหมาย') && !shown.includes('ส***'), shown)
    page.assert_clean()
  })
})

describe('a case goes through two agencies to its closing', () => {
  test('the centre screens it and assigns two agencies', async () => {
    const page = await person('district.7001')
    await go(page, `/app/cases/${taken.id}`)
    await look(page, 'case received')
    const shown = await page.locator('.reporter').innerText()
    assert.ok(shown.includes('ส***') && shown.includes('5678') && !shown.includes(petitioner) && !shown.includes(telephone), shown)
    await do_act(page, 'case.screen', async asked => {
      await asked.locator('#field-category').selectOption('utilities')
      await look(page, 'screening dialog')
    })
    await state_is(page, 'screening')
    await act(page, 'case.take_charge').click()
    await answer(page).click()
    await page.locator('.page-head .mark', { hasText: words('case.mine') }).waitFor()
    for (const office of ['ทางหลวงชนบทราชบุรี', 'การประปาส่วนภูมิภาคสาขาราชบุรี']) {
      await do_act(page, 'case.assign', async asked => {
        await asked.locator('#field-agency_search').fill(office)
        await asked.locator('#field-office_id').selectOption({ index: 1 })
        await asked.locator('#field-instruction_th').fill('โปรดตรวจสอบและลอกท่อ')
        if (office.startsWith('ทาง')) await look(page, 'assign dialog')
      })
      await assignment(page, office).waitFor()
    }
    await state_is(page, 'assigned')
    await page.locator('.clock').first().waitFor()
    await look(page, 'case assigned')
    page.assert_clean()
  })

  test('one agency returns it with a reason, without having seen who reported', async () => {
    const page = await person('water.70')
    await go(page, '/app/cases?view=assigned')
    await page.locator('tbody tr', { hasText: taken.number }).getByRole('link').click()
    await settled(page)
    const shown = await page.locator('main').innerText()
    assert.ok(!shown.includes('ส***') && !shown.includes('5678'), shown)
    await assignment(page, 'การประปา').getByRole('button', { name: labels['case.return'].label_th }).click()
    assert.ok(await answer(page).isDisabled(), 'a reason is needed')
    await field(page, '/reason_th').fill('เป็นท่อระบายน้ำของทางหลวงชนบท')
    await answer(page).click()
    await dialog(page).waitFor({ state: 'detached' })
    page.expect(403, new RegExp(`/cases/${taken.id}`))
    page.wrong()
  })

  test('the other accepts, attaches photos and reports, on a phone', async () => {
    const page = await person('highways.70', { viewport: phone })
    await go(page, `/app/cases/${taken.id}`)
    const own = assignment(page, 'ทางหลวงชนบท')
    await own.getByRole('button', { name: labels['case.accept'].label_th }).click()
    await answer(page).click()
    await own.locator('.mark', { hasText: words('assignment_of.state.accepted') }).waitFor()
    await attach(page, 'before.png', 'before', spot, 60)
    await attach(page, 'after-far.png', 'after', far, 200)
    await own.getByRole('button', { name: labels['case.report_result'].label_th }).click()
    await field(page, '/result_th').fill('ลอกท่อแล้ว น้ำไหลปกติ')
    await answer(page).click()
    await own.locator('.mark', { hasText: words('assignment_of.state.reported') }).waitFor()
    await state_is(page, 'resolved')
    await look(page, 'case of an agency')
    page.assert_clean()
  })

  test('a photo from elsewhere closes nothing, and the refusal says how far; one from the place does', async () => {
    const page = await person('district.7001')
    await go(page, `/app/cases/${taken.id}`)
    await act(page, 'case.propose_closing').click()
    await field(page, '/ground').selectOption('evidence')
    await field(page, '/summary_th').fill('ลอกท่อระบายน้ำแล้ว')
    page.expect(422, /\/closing$/)
    page.expect(409, /\/closing$/)
    await answer(page).click()
    await dialog(page).locator('.notice.bad', { hasText: '100 เมตร' }).waitFor()
    await look(page, 'evidence refused')
    await page.keyboard.press('Escape')
    await attach(page, 'after.png', 'after', '13.5368, 99.8172', 220)
    await do_act(page, 'case.propose_closing', async asked => {
      await asked.locator('#field-ground').selectOption('evidence')
      await asked.locator('#field-after').selectOption({ label: await asked.locator('#field-after option', { hasText: ': after.png' }).innerText() })
      await asked.locator('#field-summary_th').fill('ลอกท่อระบายน้ำแล้ว น้ำไม่ท่วมทางเดิน')
    })
    await state_is(page, 'reviewing')
    page.assert_clean()
  })

  test('who proposed it may not close it, and is told who could; a second person does', async () => {
    const page = await person('district.7001')
    assert.equal(await act(page, 'case.close').count(), 0)
    await page.locator('.refused summary').click()
    await page.locator('.refused li', { hasText: new RegExp(`^${labels['case.close'].label_th}`) }).filter({ hasText: 'ผู้เสนอยุติเรื่องตรวจเรื่องของตนเองไม่ได้' }).waitFor()
    await look(page, 'case under review')
    const chief = await person('chief.7001')
    await go(chief, `/app/cases/${taken.id}`)
    await do_act(chief, 'case.close')
    await state_is(chief, 'closed')
    await look(chief, 'case closed')
    chief.assert_clean()
    page.assert_clean()
  })

  test('the citizen sees what was done, with photos, and has it reopened; after the second repair confirms it', async () => {
    const citizen = await watched_page(await new_visitor(browser, program.url, { viewport: phone }))
    await go(citizen, `/follow#${taken.code}`)
    await citizen.locator('.mark.green', { hasText: 'ปิดเรื่องแล้ว' }).waitFor()
    const course = await citizen.locator('.milestones').innerText()
    assert.ok(course.includes('→ สำนักงานทางหลวงชนบท') || course.includes('ทางหลวงชนบทราชบุรี'), course)
    assert.ok(await citizen.locator('.told-photos img').evaluateAll(images => images.length === 2 && images.every(image => { image.loading = 'eager'; return true })))
    await citizen.waitForFunction(() => [...document.querySelectorAll('.told-photos img')].every(image => image.naturalWidth > 0))
    await look(citizen, 'followed to the closing')
    const write = async (name, text) => {
      const form = citizen.locator(`form[data-act=${name}]`)
      await form.locator('xpath=..').locator('summary').click()
      await form.locator('textarea').fill(text)
      await form.locator('button').click()
      await citizen.locator('.milestones .quote', { hasText: text }).waitFor()
    }
    await write('reopen', 'ฝนตกแล้วท่วมอีก')

    const page = await person('district.7001')
    await go(page, `/app/cases/${taken.id}`)
    await state_is(page, 'received')
    await do_act(page, 'case.screen')
    await do_act(page, 'case.handle')
    await do_act(page, 'case.record_result', asked => asked.locator('#field-result_th').fill('ลอกท่อช่วงที่เหลือแล้ว'))
    await go(citizen, `/follow?again#${taken.code}`)
    await citizen.locator('#case-title').waitFor()
    assert.equal(await citizen.locator('form[data-act=confirm]').count(), 0, 'nothing was told yet')
    await do_act(page, 'case.tell', asked => asked.locator('#field-text_th').fill('ลอกท่อครบทั้งซอยแล้ว โปรดยืนยัน'))
    await citizen.reload()
    await citizen.locator('.notice .quote', { hasText: 'ลอกท่อครบทั้งซอยแล้ว' }).waitFor()
    await look(citizen, 'asked to confirm')
    await write('confirm', 'ไม่ท่วมแล้ว')
    await citizen.context().close()

    await go(page, `/app/cases/${taken.id}`)
    await do_act(page, 'case.propose_closing', async asked => {
      await asked.locator('#field-ground').selectOption('citizen_word')
      await asked.locator('#field-summary_th').fill('ผู้แจ้งยืนยันว่าไม่ท่วมแล้ว')
    })
    const chief = await person('chief.7001')
    await go(chief, `/app/cases/${taken.id}`)
    await do_act(chief, 'case.close')
    await state_is(chief, 'closed')
    chief.assert_clean()
    page.assert_clean()
  })

  test('who reported is told for a reason only, and that it was told stands in the history and the ledger', async () => {
    const page = await person('district.7001')
    await go(page, `/app/cases/${taken.id}`)
    await button(page, 'reveal.open').click()
    await look(page, 'reveal dialog')
    assert.ok(await button(page, 'reveal.go').isDisabled())
    await field(page, '/reason_th').fill('โทรแจ้งผลให้ผู้แจ้งทราบ')
    await button(page, 'reveal.go').click()
    await page.locator('.revealed', { hasText: petitioner }).waitFor()
    await look(page, 'revealed')
    await button(page, 'reveal.close').click()
    await page.locator('.milestones .reveal', { hasText: 'โทรแจ้งผลให้ผู้แจ้งทราบ' }).waitFor()
    assert.ok(!(await page.locator('main').innerText()).includes(petitioner))
    const auditor = await api_of(program.url, 'auditor')
    const { body } = await auditor('GET', `/ledger/entries?subject_kind=case&subject_id=${taken.id}&limit=100`)
    assert.ok(body.items.some(entry => entry.act === 'case.reveal'), JSON.stringify(body.items.map(entry => entry.act)))
    assert.ok(!JSON.stringify(body).includes(petitioner))
    page.assert_clean()
  })
})

describe('without the network', () => {
  test('cases are taken, kept sealed, and sent once when it is back', async () => {
    const context = await new_visitor(browser, program.url, { serviceWorkers: 'allow' })
    const page = await watched_page(context)
    await sign_in(page, 'district.7001')
    await go(page, '/app/cases/new')
    await page.evaluate(async () => { await navigator.serviceWorker.ready })
    await context.setOffline(true)
    const take = async title => {
      await field(page, '/title').fill(title)
      await field(page, '/reporters/0/name').fill(petitioner)
      await page.keyboard.press('Control+Enter')
      await page.getByText(words('receipt.waits_text')).waitFor()
    }
    await take('เรื่องนอกเครือข่ายหนึ่ง')
    await look(page, 'taken off line')
    await page.goto('/app/cases/new') // from the service worker
    await page.locator('#field-title').waitFor()
    await take('เรื่องนอกเครือข่ายสอง')
    await button(page, 'receipt.next').click()
    await page.getByText(words('waiting.title', { n: 2 })).waitFor()
    await look(page, 'counter off line')
    const stored = await page.evaluate(async () => {
      const db = await new Promise(done => { const opening = indexedDB.open('changwat-counter'); opening.onsuccess = () => done(opening.result) })
      const rows = await new Promise(done => { const asked = db.transaction('waiting').objectStore('waiting').getAll(); asked.onsuccess = () => done(asked.result) })
      const urls = (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(request => request.url)))).flat()
      return { rows: rows.map(row => new TextDecoder().decode(row.sealed) + JSON.stringify({ ...row, sealed: '' })), urls }
    })
    assert.equal(stored.rows.length, 2)
    assert.ok(!stored.rows.some(row => row.includes('สมหมาย') || row.includes('เครือข่าย')), 'sealed')
    assert.ok(stored.urls.length > 5 && stored.urls.every(url => !url.includes('/api/')), stored.urls.join('\n'))
    page.wrong() // requests that did not get through are said in the console
    await field(page, '/title').fill('พิมพ์ค้างไว้')
    await context.setOffline(false)
    await page.locator('.notice.good li').nth(1).waitFor()
    assert.equal(await field(page, '/title').inputValue(), 'พิมพ์ค้างไว้', 'what is typed outlives the return of the network')
    await look(page, 'sent when back')
    const office = await api_of(program.url, 'district.7001')
    const { body } = await office('GET', `/cases?q=${encodeURIComponent('นอกเครือข่าย')}`)
    assert.deepEqual(body.items.map(item => item.title).toSorted(), ['เรื่องนอกเครือข่ายสอง', 'เรื่องนอกเครือข่ายหนึ่ง'].toSorted())
    const left = await page.evaluate(async () => {
      const db = await new Promise(done => { const opening = indexedDB.open('changwat-counter'); opening.onsuccess = () => done(opening.result) })
      return Promise.all(['waiting', 'keys'].map(store => new Promise(done => { const asked = db.transaction(store).objectStore(store).count(); asked.onsuccess = () => done(asked.result) })))
    })
    assert.deepEqual(left, [0, 0], 'nothing waits, and the key is gone')
    await context.close()
  })
})

describe('lists, boards and the report', () => {
  test('what is due first stands on top, and numbers of the board lead to their cases', async () => {
    const page = await person('district.7001')
    await go(page, '/app/cases?view=due')
    const due = await page.locator('.cases time').evaluateAll(times => times.map(time => time.dateTime))
    assert.ok(due.length > 2)
    assert.deepEqual(due, due.toSorted())
    await look(page, 'cases near due')
    await page.locator('summary', { hasText: words('board.more') }).click()
    await look(page, 'board of the district')
    const row = page.locator('.counts').filter({ hasText: words('board.by_category') }).locator('tbody tr').first()
    const n = Number(await row.locator('td').first().innerText())
    await row.getByRole('link').click()
    await settled(page)
    assert.equal(await page.locator('table.cases tbody tr').count(), n)
    page.assert_clean()
  })

  test('the province sees its districts, in English', async () => {
    const page = await person('office.70')
    await go(page, '/app/cases?lang=en')
    await page.locator('summary', { hasText: words('board.more', {}, 'en') }).click()
    await page.locator('.counts', { hasText: words('board.by_district', {}, 'en') }).getByRole('link', { name: 'Mueang Ratchaburi' }).waitFor()
    await look(page, 'board of the province in English')
    await page.locator('summary', { hasText: words('cases.filter', {}, 'en') }).click()
    await field(page, '/state').selectOption('sent_up')
    await page.locator('table.cases tbody tr').getByRole('link').click()
    await settled(page)
    await state_is(page, 'sent_up', 'en')
    await look(page, 'case sent up, in English')
    page.assert_clean()
  })

  test('the report adds up, and a number leads to the cases that it counts', async () => {
    const page = await person('district.7001')
    await go(page, '/app/cases/report')
    const numbers = await page.locator('.flows').first().locator('tfoot td').allInnerTexts()
    const [start, received, reopened, settled_ones, end] = numbers.slice(5).map(Number)
    assert.equal(start + received + reopened - settled_ones, end)
    assert.ok(received > 5)
    await look(page, 'report')
    const cell = page.locator('.flows').first().locator('tfoot td').nth(4)
    const open = Number(await cell.innerText())
    await cell.getByRole('link').click()
    await settled(page)
    while (await button(page, 'cases.more').count()) { await button(page, 'cases.more').click(); await settled(page) }
    assert.equal(await page.locator('table.cases tbody tr').count(), open)
    await look(page, 'cases behind a number')
    page.assert_clean()
  })

  test('the report and the counter in English', async () => {
    const page = await person('office.70')
    await go(page, '/app/cases/report?lang=en')
    await page.locator('.flows').first().waitFor()
    await look(page, 'report in English')
    await go(page, '/app/cases/new')
    await look(page, 'counter in English')
    page.assert_clean()
  })

  test('cases near due stand on the officer’s desk', async () => {
    const page = await person('district.7001')
    await go(page, '/app/')
    await page.getByRole('heading', { name: words('cases.desk') }).waitFor()
    await look(page, 'desk')
    page.assert_clean()
  })
})

describe('clocks that nobody heeds', () => {
  const title = 'น้ำประปาไหลอ่อนช่วงเช้า'
  const on_desk = page => page.locator('.desk-block', { hasText: words('cases.told_desk') })

  test('lateness climbs to the desk of the province, and the case says who was reminded of which clock', async () => {
    const page = await person('office.70')
    await go(page, '/app/?lang=th')
    await on_desk(page).waitFor()
    await look(page, 'reminders on the desk of the province')
    await on_desk(page).getByRole('link', { name: title, exact: true }).click()
    await settled(page)
    const clocks = page.locator('section', { hasText: words('clocks.told') })
    await clocks.getByText('สำนักงานจังหวัดราชบุรี').first().waitFor()
    await clocks.getByText('การประปาส่วนภูมิภาคสาขาราชบุรี').first().waitFor()
    await look(page, 'case of which others were reminded')
    await go(page, '/app/cases?view=told')
    await page.locator('table.cases').getByRole('link', { name: title, exact: true }).waitFor()
    page.assert_clean()
  })

  test('once the agency has reported and the reporter was told, it is off the desk', async () => {
    const province = await api_of(program.url, 'office.70'), water = await api_of(program.url, 'water.70'), district = await api_of(program.url, 'district.7001')
    const told = async () => (await province('GET', '/cases?whose=told&limit=100')).body.items
    const it = (await told()).find(one => one.title === title)
    const [assignment] = (await province('GET', `/cases/${it.case_id}`)).body.assignments
    const any = { 'if-match': '*' }
    assert.equal((await water('POST', `/cases/${it.case_id}/assignments/${assignment.assignment_id}/accept`, {}, any)).status, 200)
    assert.equal((await water('POST', `/cases/${it.case_id}/assignments/${assignment.assignment_id}/report`, { result_th: 'เปลี่ยนเครื่องสูบแล้ว' }, any)).status, 200)
    assert.ok((await told()).some(one => one.case_id === it.case_id), 'the reporter is not told yet')
    assert.equal((await district('POST', `/cases/${it.case_id}/tell`, { text_th: 'น้ำไหลเป็นปกติแล้ว' }, any)).status, 200)
    assert.ok((await told()).every(one => one.case_id !== it.case_id))
    const page = await person('office.70')
    await go(page, '/app/')
    await on_desk(page).waitFor()
    assert.equal(await on_desk(page).getByText(title, { exact: true }).count(), 0)
    page.assert_clean()
  })
})

describe('beyond the power of the district', () => {
  test('the dialog says whose power it is and by which rule, and one act sends it up', async () => {
    const api = await api_of(program.url, 'district.7001')
    const made = await api('POST', '/cases', { kind: 'complaint', category: 'land', channel: 'walk_in', importance: 'ordinary', title: 'แนวเขตที่ดินระหว่างสองอำเภอ', detail: '', place: { area: '700101', given: 'typed' }, reporters: [{ type: 'anonymous' }] })
    await api('POST', `/cases/${made.body.case_id}/screen`, {}, { 'if-match': '*' })
    const page = await person('district.7001')
    await go(page, `/app/cases/${made.body.case_id}`)
    await act(page, 'case.send_up').click()
    const above = dialog(page).locator('.notice', { hasText: words('case.level.province') })
    await above.locator('summary').click()
    await above.getByText('หลักเกณฑ์ของระบบจังหวัดพันธุ์ใหม่').first().waitFor()
    assert.ok(await above.getByText(words('authority.unverified')).count() > 0, 'what nobody verified says so')
    await look(page, 'sending up')
    await field(page, '/reason_th').fill('เกี่ยวข้องสองอำเภอ')
    await answer(page).click()
    await dialog(page).waitFor({ state: 'detached' })
    await state_is(page, 'sent_up')
    page.assert_clean()
  })
})
