// A citizen with a phone and no account: reports with a photo, follows by the code, adds a word, has it reopened, confirms; with the
// line cut, with an answer lost, with a wrong code, in secret. The district's side is driven over the API.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, get, new_visitor, phone, picture, settled, sideways, start_browser, start_program, watched_page } from './support.mjs'

let program, browser, district, chief
before(async () => {
  ;[program, browser] = await Promise.all([start_program(), start_browser()])
  ;[district, chief] = await Promise.all(['district.7001', 'chief.7001'].map(name => api_of(program.url, name)))
})
after(async () => { await browser?.close(); await program?.stop() })

const here = { latitude: 13.528889, longitude: 99.813611 }
const visitor = options => new_visitor(browser, program.url, { viewport: phone, ...options })
async function opened(context, path) {
  const page = await watched_page(context)
  await page.goto(path)
  await settled(page)
  return page
}
async function look(page, name) {
  await picture(page, name)
  assert.deepEqual([await axe(page), await sideways(page)], [[], null], name)
}

/** What a person fills in at least. */
async function fill(page, { title, name = 'นายทดสอบ ระบบ', who = 'person' }) {
  await page.locator('#title').fill(title)
  await page.locator('#province').selectOption('70')
  await page.locator('#district:enabled').selectOption('7001')
  await page.locator(`input[name=reporter][value=${who}]`).check()
  if (who !== 'anonymous') await page.locator('#name').fill(name)
}
const send = page => page.locator('#send').click()
const code_of = page => page.locator('.receipt .code').innerText()
const act = (page, name) => page.locator(`form[data-act=${name}]`)
async function say(page, name, text) {
  await act(page, name).locator('xpath=..').locator('summary').click()
  await act(page, name).locator('textarea').fill(text)
  await act(page, name).locator('button').click()
  await page.locator('.quote', { hasText: text }).waitFor()
}
const cases_called = async title => (await district('GET', `/cases?district=7001&q=${encodeURIComponent(title)}`)).body.items
async function office(who, case_id, path, body = {}, method = 'POST') {
  const answer = await who(method, `/cases/${case_id}/${path}`, body, { 'if-match': '*' })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

/** A photo as a phone takes it: with the time and the place in it. */
async function photo_with_place(page) {
  const base64 = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1800 })
    const pen = canvas.getContext('2d')
    pen.fillStyle = '#345'
    pen.fillRect(0, 0, 2400, 900)
    return canvas.toDataURL('image/jpeg').split(',')[1]
  })
  const plain = Buffer.from(base64, 'base64')
  const tiff = Buffer.alloc(220)
  const entry = (at, tag, type, count, value) => {
    tiff.writeUInt16LE(tag, at); tiff.writeUInt16LE(type, at + 2); tiff.writeUInt32LE(count, at + 4)
    if (typeof value === 'string') tiff.write(value, at + 8); else tiff.writeUInt32LE(value, at + 8)
  }
  tiff.write('II'); tiff.writeUInt16LE(42, 2); tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(2, 8); entry(10, 0x8769, 4, 1, 40); entry(22, 0x8825, 4, 1, 80)
  tiff.writeUInt16LE(1, 40); entry(42, 0x9003, 2, 20, 140); tiff.write('2025:03:12 09:30:00\0', 140)
  tiff.writeUInt16LE(4, 80); entry(82, 1, 2, 2, 'N'); entry(94, 2, 5, 3, 164); entry(106, 3, 2, 2, 'E'); entry(118, 4, 5, 3, 188)
  for (const [i, part] of [13, 1, 31, 1, 4400, 100, 99, 1, 48, 1, 4900, 100].entries()) tiff.writeUInt32LE(part, 164 + i * 4)
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff])
  const head = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255])
  return Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)])
}

describe('a report from a phone', () => {
  let page, context, code, case_id
  const title = 'ถนนเป็นหลุมหน้าโรงเรียนวัดใหญ่'
  before(async () => {
    context = await visitor({ geolocation: here, permissions: ['geolocation', 'clipboard-read', 'clipboard-write'] })
    page = await opened(context, '/report')
  })
  after(() => context?.close())

  test('says what is missing, in Thai, at the field', async () => {
    await look(page, 'report empty')
    await send(page)
    await page.getByText('บอกสั้น ๆ ว่าเรื่องอะไร').waitFor()
    await page.locator('#district-fault').waitFor()
    assert.equal(await page.evaluate(() => document.activeElement.id), 'title')
    await look(page, 'report with faults')
  })

  test('keeps what is written when the page is left', async () => {
    await fill(page, { title })
    await page.locator('#detail').fill('รถล้มสองครั้งแล้ว')
    await page.locator('#subdistrict:enabled').selectOption('700102')
    await page.reload()
    await settled(page)
    assert.equal(await page.locator('#title').inputValue(), title)
    await page.locator('#subdistrict:enabled').waitFor()
    assert.deepEqual([await page.locator('#district').inputValue(), await page.locator('#subdistrict').inputValue()], ['7001', '700102'])
  })

  test('sends a photo made small, and gives a number, a code and what comes next', async () => {
    await page.locator('#locate').click()
    await page.locator('#position a').waitFor()
    await page.locator('#photos').setInputFiles({ name: 'IMG.jpg', mimeType: 'image/jpeg', buffer: await photo_with_place(page) })
    await page.locator('#chosen img[src^="data:"]').waitFor()
    await page.locator('#photo-place').check()
    await page.locator('#phone').fill('081 234 5678')
    await look(page, 'report filled')
    await send(page)
    await page.locator('.receipt svg.qr').waitFor()
    await page.locator('[data-next] li').first().waitFor()
    await look(page, 'receipt')
    code = await code_of(page)
    await page.locator('[data-act=copy]').click()
    await page.getByText('คัดลอกแล้ว').waitFor()
    assert.ok((await page.evaluate(() => navigator.clipboard.readText())).includes(`/follow#${code}`))
    const found = await cases_called(title)
    assert.equal(found.length, 1)
    case_id = found[0].case_id
    const { body } = await district('GET', `/cases/${case_id}`)
    assert.deepEqual([body.place.area, body.place.given, body.place.position.latitude], ['700102', 'device', String(here.latitude)])
    assert.equal(body.files.length, 1)
    assert.deepEqual([body.files[0].taken_at, body.files[0].latitude, body.files[0].longitude], ['2025-03-12T02:30:00.000Z', '13.528889', '99.813611'])
    page.assert_clean()
  })

  test('leaves nothing that the camera wrote in the photo, and no name on the phone', async () => {
    const { body } = await district('GET', `/cases/${case_id}`)
    const sent = await district('GET', `/cases/${case_id}/files/${body.files[0].key}`)
    assert.ok(!sent.body.includes('Exif') && !sent.body.includes('2025:03:12'))
    const left = await page.evaluate(async () => {
      const database = await new Promise(done => { const request = indexedDB.open('reports'); request.onsuccess = () => done(request.result) })
      const all = await new Promise(done => { const request = database.transaction('reports').objectStore('reports').getAll(); request.onsuccess = () => done(request.result) })
      return JSON.stringify(all) + JSON.stringify(localStorage)
    })
    assert.ok(left.includes(code) && !left.includes('ทดสอบ') && !left.includes('081'), left)
  })

  test('is followed by the code in the fragment, and a word is added', async () => {
    await page.goto(`/follow#${code}`)
    await settled(page)
    await page.locator('#case').getByText('รับเรื่องแล้ว รอคัดกรอง').waitFor()
    assert.ok((await page.locator('#case').innerText()).includes('กำหนดถัดไป'))
    await say(page, 'words', 'วันนี้มีคนล้มอีก')
    await look(page, 'follow')
  })

  test('shows what the district answered; the citizen confirms; the closing by two officers is seen; it is reopened', async () => {
    await office(district, case_id, 'screen')
    await office(district, case_id, 'handle')
    await office(district, case_id, 'tell', { text_th: 'จะซ่อมภายในสัปดาห์นี้' })
    await office(district, case_id, 'result', { result_th: 'ซ่อมแล้ว' })
    await page.reload()
    await page.locator('.quote', { hasText: 'จะซ่อมภายในสัปดาห์นี้' }).waitFor()
    assert.equal(await page.locator('form[data-act=confirm]').count(), 0, 'nobody is asked to confirm what was not told yet')
    await office(district, case_id, 'tell', { text_th: 'ซ่อมผิวถนนหน้าโรงเรียนแล้ว' })
    await page.reload()
    await page.locator('.acts .quote', { hasText: 'ซ่อมผิวถนนหน้าโรงเรียนแล้ว' }).waitFor()
    await say(page, 'confirm', 'แก้ไขเรียบร้อยแล้ว ขอบคุณ')
    await office(district, case_id, 'closing', { ground: 'citizen_word', summary_th: 'ซ่อมผิวถนนแล้ว' })
    await office(chief, case_id, 'close')
    await page.reload()
    await page.locator('.mark.green', { hasText: 'ปิดเรื่องแล้ว' }).waitFor()
    await look(page, 'follow closed')
    await say(page, 'reopen', 'ฝนตกแล้วเป็นหลุมอีก')
    await page.locator('#case .mark', { hasText: 'รับเรื่องแล้ว รอคัดกรอง' }).waitFor()
    await look(page, 'follow reopened')
    page.assert_clean()
  })

  test('and the public figures count it', async () => {
    const figures = await get(program.url, '/service_centre/figures/7001')
    await page.goto('/cases?area=7001')
    await settled(page)
    const told = await page.locator('.figures').innerText()
    for (const number of [figures.received, figures.reopened_cases]) assert.ok(told.includes(String(number)), told)
    assert.equal(figures.closed_without_evidence, 0)
    await page.goto('/cases?area=70')
    await settled(page)
    await page.locator('tbody a[href="?area=7001"]').waitFor()
    await look(page, 'figures')
    page.assert_clean()
  })
})

describe('on a bad line', () => {
  test('a report written without a line is kept, and sent once when there is one', async () => {
    const context = await visitor({ serviceWorkers: 'allow' })
    const page = await opened(context, '/report')
    await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true))
    await page.waitForFunction(() => navigator.serviceWorker.controller && caches.match('/report'))
    await context.setOffline(true)
    await page.reload()
    const title = 'ไฟทางดับทั้งซอยหลังตลาด'
    await fill(page, { title })
    await send(page)
    await page.getByText('เก็บไว้ในเครื่องนี้แล้ว').waitFor()
    await look(page, 'kept off line')
    await page.reload() // closed and opened again, still without a line
    await page.getByText('เก็บไว้ในเครื่องนี้แล้ว').waitFor()
    assert.equal((await cases_called(title)).length, 0)
    await context.setOffline(false)
    await page.locator('#outbox details summary', { hasText: title }).waitFor()
    const [found, ...more] = await cases_called(title)
    assert.deepEqual(more, [])
    const { body } = await district('GET', `/cases/${found.case_id}`)
    assert.ok(body.taken_at < body.received_at, 'the time of writing is told')
    await context.close()
  })

  test('a report whose answer was lost is not sent twice', async () => {
    const context = await visitor()
    const page = await opened(context, '/report')
    let lost = 0
    await page.route('**/service_centre/reports', async route => {
      if (lost++ > 0) return route.continue()
      await route.fetch()
      await route.abort()
    })
    const title = 'น้ำประปาไม่ไหลสามวัน'
    await fill(page, { title, who: 'anonymous' })
    await send(page)
    await page.locator('[data-act=send]').click()
    await page.locator('.receipt .code').waitFor()
    assert.equal(lost, 2)
    assert.equal((await cases_called(title)).length, 1)
    await context.close()
  })
})

describe('a case that others reported already', () => {
  test('is shown by listed words alone, and followed instead with a code of one’s own', async () => {
    const before = await Promise.all(['หน้าร้านป้าสมมติ', 'ปากซอยวัด'].map(where => district('POST', '/cases', {
      kind: 'complaint', category: 'utilities', channel: 'walk_in', importance: 'ordinary', title: `ฝาท่อระบายน้ำแตก${where}`, detail: '',
      place: { area: '700101', given: 'typed' }, reporters: [{ type: 'person', name: 'นางก่อน แจ้งไว้' }],
    })))
    assert.deepEqual(before.map(each => each.status), [201, 201], JSON.stringify(before.map(each => each.body)))
    const context = await visitor()
    const page = await opened(context, '/report')
    await fill(page, { title: 'ฝาท่อระบายน้ำแตก' })
    const card = page.locator('#alike article', { hasText: 'ระบาย' })
    for (let tries = 0; tries < 20 && await card.count() < 2; tries++) { // it is in the index moments after it was taken
      await page.locator('#detail').fill(`กลางซอย ${tries}`)
      await page.waitForResponse(/service_centre\/alike/)
      await settled(page)
    }
    assert.ok(!(await page.locator('#alike').innerText()).includes('สมมติ'), 'no word that the reporter chose')
    await look(page, 'alike')
    assert.equal(await card.count(), 2)
    await card.first().getByRole('button').click()
    await page.locator('#alike .notice.good').waitFor()
    await look(page, 'alike chosen')
    await send(page)
    await page.locator('.receipt .code').waitFor()
    const counts = await Promise.all(before.map(async each => (await district('GET', `/cases/${each.body.case_id}`)).body.reporter_count))
    assert.deepEqual(counts.toSorted(), [1, 2])
    const code = await code_of(page)
    await office(district, before[counts.indexOf(2)].body.case_id, 'screen')
    await page.goto(`/follow#${code}`)
    await page.getByText('กำลังคัดกรอง').first().waitFor()
    page.assert_clean()
    await context.close()
  })
})

describe('a secret reporter', () => {
  const name = 'นางลับสุดยอด ซ่อนนามสกุลไว้'

  test('is told when the words give the name away, and is named on no page and in no answer', async () => {
    const context = await visitor()
    const page = await opened(context, '/report')
    page.expect(422, /reports$/)
    const title = 'มีบ่อนการพนันในหมู่บ้าน'
    await fill(page, { title, name, who: 'secret' })
    await page.locator('#detail').fill(`ดิฉัน ${name} เห็นเอง`)
    await send(page)
    await page.locator('#detail-fault', { hasText: 'ปกปิดชื่อ' }).waitFor()
    await look(page, 'secret told')
    await page.locator('#detail').fill('เปิดทุกคืน')
    await send(page)
    const code = await code_of(page)
    const [{ case_id }] = await cases_called(title)
    const seen = [await page.content()]
    for (const path of [`/follow#${code}`, '/cases?area=7001', '/report']) {
      await page.goto(path)
      await settled(page)
      if (path.startsWith('/follow')) await page.locator('#case-title').waitFor()
      seen.push(await page.locator('body').innerText())
    }
    for (const who of [district, await api_of(program.url, 'office.70')]) for (const part of ['', '/history']) seen.push(JSON.stringify((await who('GET', `/cases/${case_id}${part}`)).body))
    assert.deepEqual(seen.filter(text => text.includes('ลับสุดยอด')), [])
    page.assert_clean()
    await context.close()
  })
})

describe('a wrong code', () => {
  test('is refused in the same words whether it is written wrongly or nobody has it', async () => {
    const context = await visitor()
    const page = await opened(context, '/follow')
    for (const status of [404, 422]) page.expect(status, /track$/)
    const told = []
    for (const code of ['22222-22222-22222', '22222-22222-22223', 'ไม่ใช่รหัส']) {
      await page.locator('#code').fill(code)
      const answered = page.waitForResponse(/track$/)
      await page.locator('#ask button').click()
      await answered
      await page.locator('#code-fault:not(:empty)').waitFor()
      told.push(await page.locator('#code-fault').innerText())
    }
    assert.equal(new Set(told).size, 1)
    await look(page, 'wrong code')
    page.assert_clean()
    await context.close()
  })

  test('is told how long to wait when it was tried too often', async () => {
    const context = await visitor()
    const page = await opened(context, '/follow')
    page.expect(429, /track$/)
    await page.route('**/track', route => route.fulfill({ status: 429, headers: { 'retry-after': '17', 'content-type': 'application/problem+json' }, body: JSON.stringify({ status: 429, code: 'too_many_requests', message: { th: '', en: '' }, fields: [] }) }))
    await page.locator('#code').fill('22222-22222-22222')
    await page.locator('#ask button').click()
    await page.locator('#code-fault', { hasText: '17' }).waitFor()
    await context.close()
  })
})

describe('without scripts', () => {
  for (const path of ['/report', '/follow', '/cases'])
    test(`${path} says whom to call`, async () => {
      const context = await visitor({ javaScriptEnabled: false })
      const page = await context.newPage()
      await page.goto(path)
      const said = await page.locator('main').innerText()
      assert.ok(said.includes(path === '/cases' ? 'figures' : '1567'), said)
      assert.equal(await page.locator('form:visible').count(), 0, 'a form that cannot be sent is shown')
      await context.close()
    })
})
