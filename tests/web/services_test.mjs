// A citizen before a visit to the district: finds a service, sees what to bring, puts several into one list, sends the list to
// somebody, prints it; and afterwards follows an application by its code. The district's side is driven over the API.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, desk, get, new_visitor, phone, picture, settled, sideways, start_browser, start_program, watched_page } from './support.mjs'

const services = '/service_centre/services'
const lost_card = 'dopa_207', first_card = 'dopa_48' // both may ask for a photo document
let program, browser
before(async () => { [program, browser] = await Promise.all([start_program(), start_browser()]) })
after(async () => { await browser?.close(); await program?.stop() })

async function opened(path, viewport = phone) {
  const context = await new_visitor(browser, program.url, { viewport, permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await watched_page(context)
  await page.goto(path)
  await settled(page)
  return page
}
async function look(page, name) {
  await picture(page, name)
  assert.deepEqual([await axe(page), await sideways(page)], [[], null], name)
}
const shown = page => page.locator('#shown')
const rows = page => page.locator('.services li')
const bring = page => page.locator('.bring b').allInnerTexts()
const box = (page, name, key) => page.locator(`input[name=${name}][value=${key}]`)
/** Waits until the list is the answer to what was asked. */
async function found(page, count) {
  await page.locator('#found', { hasText: new RegExp(`(^|\\s)${count}(\\s|$)`) }).waitFor()
  await settled(page)
}
const service_of = key => get(program.url, `${services}/${key}`)

describe('the catalogue', () => {
  let page
  before(async () => { page = await opened('/services') })
  after(() => page?.context().close())

  test('begins with its groups and how many services each has', async () => {
    const { groups, items } = await get(program.url, services)
    assert.equal(await page.locator('.groups li').count(), groups.length)
    const told = await page.locator('.groups .small').allInnerTexts()
    assert.equal(told.reduce((sum, text) => sum + Number(/\d+/.exec(text)[0]), 0), items.length)
    await look(page, 'groups')
  })

  test('is searched in Thai by a part of a word', async () => {
    const { items } = await get(program.url, `${services}?q=${encodeURIComponent('สูญหาย')}`)
    assert.ok(items.some(each => each.service === lost_card) && items.length < 20)
    await page.locator('#q').fill('สูญหาย')
    await found(page, items.length)
    assert.deepEqual(await rows(page).locator('a').allInnerTexts(), items.map(each => each.name_th))
    await look(page, 'search')
    assert.equal(new URL(page.url()).searchParams.get('q'), 'สูญหาย')
  })

  test('is narrowed to a group, with time in its own unit, fee and number of papers', async () => {
    await page.locator('#q').fill('')
    await page.locator('#group').selectOption('id_card')
    const { items } = await get(program.url, `${services}?group=id_card`)
    await found(page, items.length)
    const lost = rows(page).filter({ has: box(page, 'chosen', lost_card) })
    assert.equal(await lost.locator('.small').innerText(), '16 นาที · 100 บาท · สิ่งที่ต้องใช้ 3 รายการ')
    await look(page, 'a group')
  })

  test('says what is not known rather than nothing or nought', async () => {
    await page.locator('#group').selectOption('hotels')
    const { items } = await get(program.url, `${services}?group=hotels`)
    await found(page, items.length)
    assert.equal(await rows(page).filter({ hasText: 'ไม่ทราบรายการเอกสาร' }).count(), items.length)
    await rows(page).first().locator('a').click()
    await shown(page).getByText('ไม่ได้แปลว่าไม่ต้องใช้').waitFor()
    assert.equal(await page.locator('.bring').count(), 0)
    await look(page, 'papers not read')
    await page.goBack()
    await found(page, items.length)
  })

  test('says that nothing was found and what to try', async () => {
    await page.locator('#q').fill('ฮฮฮฮ')
    await page.locator('#found', { hasText: 'ลองใช้คำที่สั้นลง' }).waitFor()
    assert.equal(await rows(page).count(), 0)
    await look(page, 'nothing found')
    page.assert_clean()
  })

  test('shows a long list in part, and all of it when asked', async () => {
    await page.locator('#group').selectOption('')
    await page.locator('#q').fill('การ')
    const { items } = await get(program.url, `${services}?q=${encodeURIComponent('การ')}`)
    await found(page, items.length)
    assert.ok(await rows(page).count() < items.length)
    await page.locator('[data-act=all]').click()
    await page.waitForFunction(count => document.querySelectorAll('.services li').length === count, items.length)
  })
})

describe('one service', () => {
  test('shows the papers that the catalogue names, which of them in some cases only, and that nothing was verified', async () => {
    const page = await opened(`/services?service=${lost_card}`)
    const { papers, name_th, law, source } = await service_of(lost_card)
    assert.equal(await page.locator('#shown h2').first().innerText(), name_th)
    assert.deepEqual((await bring(page)).toSorted(), papers.map(each => each.name_th).toSorted())
    const [needed, some] = await page.locator('.bring').all()
    assert.deepEqual(await needed.locator('b').allInnerTexts(), papers.filter(each => each.required).map(each => each.name_th))
    assert.deepEqual(await some.locator('b').allInnerTexts(), papers.filter(each => !each.required).map(each => each.name_th))
    const text = await shown(page).innerText()
    for (const told of [law.name_th, source, 'ยังไม่ได้ตรวจกับเอกสารต้นฉบับ', 'ยังไม่ได้อ่านจากคู่มือ']) assert.ok(text.includes(told), told)
    await look(page, 'one service')
    page.assert_clean()
    await page.context().close()
  })

  test('keeps what was ticked while the page is open', async () => {
    const page = await opened(`/services?service=${lost_card}`)
    await box(page, 'ticked', 'loss_report').check()
    await page.reload()
    await settled(page)
    assert.deepEqual([await box(page, 'ticked', 'loss_report').isChecked(), await box(page, 'ticked', 'photo_document').isChecked()], [true, false])
    await page.context().close()
  })

  test('that the catalogue does not have is said to be none', async () => {
    const page = await opened('/services?service=dopa_0')
    await shown(page).getByText('ไม่มีบริการนี้').waitFor()
    await look(page, 'no such service')
    await page.context().close()
  })
})

describe('several services', () => {
  let page, address
  before(async () => { page = await opened('/services?group=id_card') })
  after(() => page?.context().close())

  test('are chosen, and their papers stand in one list, each once, with the services that need it', async () => {
    for (const key of [lost_card, first_card]) await box(page, 'chosen', key).check()
    await page.locator('#tray', { hasText: 'เลือกไว้ 2 บริการ' }).waitFor()
    await look(page, 'two chosen')
    await page.locator('#tray a').click()
    await page.locator('.bring').first().waitFor()
    const [lost, first] = await Promise.all([lost_card, first_card].map(service_of))
    const all = new Set([...lost.papers, ...first.papers].map(each => each.name_th))
    assert.ok(all.size < lost.papers.length + first.papers.length, 'the two share a paper')
    assert.deepEqual((await bring(page)).toSorted(), [...all].toSorted())
    const shared = page.locator('.bring li', { has: box(page, 'ticked', 'photo_document') })
    for (const { name_th } of [lost, first]) assert.ok((await shared.innerText()).includes(name_th))
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2')
    await look(page, 'one list')
    address = page.url()
  })

  test('are sent to somebody, who sees the same choice', async () => {
    const told = await bring(page)
    await page.evaluate(() => Object.defineProperty(Navigator.prototype, 'share', { configurable: true, value: undefined }))
    await page.locator('[data-act=share]').click()
    const other = await opened(address, desk)
    assert.deepEqual(await bring(other), told)
    await look(other, 'one list at a desk')
    await other.locator('.plain-link').click()
    await found(other, (await get(program.url, `${services}?group=id_card`)).items.length)
    assert.deepEqual(await other.locator('input[name=chosen]:checked').evaluateAll(boxes => boxes.map(each => each.value).toSorted()), [lost_card, first_card].toSorted())
    await look(other, 'chosen at a desk')
    other.assert_clean()
    await other.context().close()
  })

  test('are told apart when the papers of one are not known', async () => {
    const other = await opened(`/services?show=papers&chosen=${lost_card}+dopa_0`)
    await shown(other).getByText('ไม่มีบริการนี้').waitFor()
    const hotel = (await get(program.url, `${services}?group=hotels`)).items[0]
    await other.goto(`/services?show=papers&chosen=${lost_card}+${hotel.service}`)
    await settled(other)
    assert.ok((await other.locator('.notice.bad').innerText()).includes(hotel.name_th))
    assert.equal((await bring(other)).length, 3)
    await other.context().close()
  })

  test('are printed without what is only for the screen', async () => {
    await page.emulateMedia({ media: 'print' })
    assert.deepEqual(await page.locator('#search:visible, #tray:visible, [data-act]:visible, .top nav:visible').count(), 0)
    assert.equal(await page.locator('.bring input:visible').count(), (await bring(page)).length)
    await picture(page, 'printed')
    await page.emulateMedia({ media: 'screen' })
  })

  test('are read in English at the same address', async () => {
    await page.locator('.language.th').click()
    await settled(page)
    assert.equal(new URL(page.url()).searchParams.get('chosen'), `${lost_card} ${first_card}`)
    const names = (await Promise.all([lost_card, first_card].map(service_of))).map(each => each.name_en)
    assert.deepEqual(await rows(page).locator('a').allInnerTexts(), names)
    await look(page, 'one list in English')
    await page.locator('.plain-link').click()
    await settled(page)
    await look(page, 'catalogue in English')
  })

  test('are cleared at once', async () => {
    await page.locator('[data-act=clear]').click()
    await page.locator('#tray').waitFor({ state: 'hidden' })
    assert.equal(await page.locator('input[name=chosen]:checked').count(), 0)
    await page.goto('/services?show=papers')
    await settled(page)
    await shown(page).getByText('No service is chosen').waitFor()
    await look(page, 'none chosen')
    page.assert_clean()
  })
})

describe('applying before one comes', () => {
  let page
  before(async () => { page = await opened(`/services?chosen=${lost_card}+dopa_505&show=papers`) })
  after(() => page?.context().close())
  const sent = () => page.locator('#apply button.main').click()

  test('says at each field what is missing', async () => {
    await page.locator('#apply summary').click()
    await sent()
    for (const name of ['province', 'district', 'name', 'phone']) assert.equal(await page.locator(`#apply-${name}-fault`).innerText(), 'ยังไม่ได้ใส่', name)
    await look(page, 'apply, nothing written')
  })

  test('keeps what was written when it could not be sent, and counts once when it is sent again', async () => {
    await page.locator('#apply-province').selectOption('70')
    await page.locator('#apply-district').selectOption('7001')
    await page.locator('#apply-name').fill('นางสาวยื่น ล่วงหน้า')
    await page.locator('#apply-phone').fill('12')
    await sent()
    await page.locator('#apply-phone-fault:visible').waitFor()
    await page.locator('#apply-phone').fill('081 234 5678')
    await page.route('**/service_centre/reports', async route => { await route.fetch(); await route.abort() }) // taken, but the answer is lost
    await sent()
    await page.locator('#apply-fault:visible').waitFor()
    await page.unroute('**/service_centre/reports')
    await look(page, 'apply, not sent')
    assert.equal(await page.locator('#apply-name').inputValue(), 'นางสาวยื่น ล่วงหน้า')
    await sent()
    await page.locator('#applied').waitFor()
    await page.locator('#application .qr').waitFor()
    await look(page, 'applied')
    const district = await api_of(program.url, 'district.7001')
    const { body } = await district('GET', '/cases?kind=one_stop_service&limit=200')
    assert.equal(body.items.filter(each => each.channel === 'citizen_page').length, 1)
  })

  test('is followed by its code, with each paper once', async () => {
    await page.getByRole('link', { name: 'ติดตามและนัดเวลา' }).click()
    await page.locator('#case-title').waitFor()
    assert.equal(await page.locator('#case .card').count(), 2)
    const papers = await page.locator('#case h4 + ul li').allInnerTexts()
    assert.equal(new Set(papers).size, papers.length)
  })
})

test('a line that is cut is said, and the page can be tried again', async () => {
  const page = await opened('/services')
  await page.route('**/service_centre/services*', route => route.abort())
  await page.locator('#q').fill('บัตร')
  await shown(page).getByText('โหลดข้อมูลบริการไม่สำเร็จ').waitFor()
  await page.context().close()
})

test('the front page and the page for reporting lead here', async () => {
  const page = await opened('/')
  for (const path of ['/', '/report']) {
    await page.goto(path)
    await page.locator('main a[href="/services"]:visible').click()
    await page.waitForURL('**/services')
    await settled(page)
  }
  page.assert_clean()
  await page.context().close()
})

describe('an application that is followed by its code', () => {
  let page, code, district, case_id, application
  const done = async (path, body = {}) => {
    const answer = await district('POST', `/cases/${case_id}/${path}`, body, { 'if-match': '*' })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body
  }
  const other = 'dopa_505' // asks for the identity card, 10 baht
  before(async () => {
    district = await api_of(program.url, 'district.7001')
    const taken = await district('POST', '/cases', {
      kind: 'one_stop_service', category: 'general', channel: 'walk_in', importance: 'ordinary', title: 'ขอมีบัตรใหม่และตรวจหลักฐาน', detail: '',
      place: { area: '7001', given: 'typed' }, reporters: [{ type: 'person', name: 'นายทดสอบ ระบบ' }],
    })
    assert.equal(taken.status, 201, JSON.stringify(taken.body))
    ;({ case_id, tracking_code: code } = taken.body)
    application = await done('services', { services: [lost_card, other] })
    page = await opened(`/follow#${code}`)
  })
  after(() => page?.context().close())
  const again = async () => { await page.reload(); await page.locator('#case-title').waitFor(); await settled(page) }
  const position_of = key => application.papers.find(each => each.paper === key).position

  test('shows the services and what they need before anything was checked', async () => {
    await page.locator('#case-title').waitFor()
    const [lost, records] = await Promise.all([lost_card, other].map(service_of))
    const cards = await page.locator('#case .card').allInnerTexts()
    assert.equal(cards.length, 2)
    assert.ok(cards[0].includes(lost.name_th) && cards[0].includes('100 บาท') && cards[1].includes(records.name_th) && cards[1].includes('10 บาท'), cards.join('\n'))
    assert.equal(await page.locator('.missing').count(), 0)
    await look(page, 'application begun')
  })

  test('says first what is missing, and by which day', async () => {
    await done(`papers/${position_of('id_card')}`, { state: 'handed_in', seen: true })
    const due_on = new Date(Date.now() + 5 * 86400_000).toISOString().slice(0, 10)
    await done('papers_check', { others: ['ภาพถ่ายหน้าบ้าน'], due_on })
    await again()
    const missing = await page.locator('.missing').innerText()
    const { papers } = await service_of(lost_card)
    assert.ok(missing.includes('ยังขาด 2 รายการ') && missing.includes(papers.find(each => each.required).name_th) && missing.includes('ภาพถ่ายหน้าบ้าน'), missing)
    assert.ok(missing.includes(String(Number(due_on.slice(0, 4)) + 543)), missing)
    const [above, below] = await Promise.all(['.missing', '#case .card >> nth=0'].map(at => page.locator(at).boundingBox()))
    assert.ok(above.y < below.y)
    await look(page, 'application with papers missing')
    await page.setViewportSize(desk)
    await look(page, 'application with papers missing at a desk')
    await page.setViewportSize(phone)
  })

  test('shows the last day for a decision, what was paid, and the certificate', async () => {
    application = await district('GET', `/cases/${case_id}/services`).then(answer => answer.body)
    for (const paper of application.papers.filter(each => each.state === 'asked')) await done(`papers/${paper.position}`, { state: 'handed_in', seen: true })
    await again()
    assert.equal(await page.locator('.missing').count(), 0)
    assert.equal(await page.locator('#case .mark', { hasText: 'เอกสารครบ กำลังพิจารณา' }).count(), 2)
    await done('payments', { service: lost_card, satang: 10000, receipt: 'ร.1/2569' })
    await done(`services/${lost_card}/decision`, { outcome: 'granted' })
    await done(`services/${lost_card}/certificate`, { certificate: 'บ.42/2569' })
    await done(`services/${other}/decision`, { outcome: 'refused', reason_th: 'ไม่ใช่ผู้มีส่วนได้เสีย' })
    await again()
    const [given, refused] = await page.locator('#case .card').allInnerTexts()
    for (const told of ['รับหนังสือแล้ว', 'ชำระแล้ว 100 บาท', 'บ.42/2569']) assert.ok(given.includes(told), given)
    assert.ok(refused.includes('ไม่อนุมัติ') && refused.includes('ไม่ใช่ผู้มีส่วนได้เสีย'), refused)
    await look(page, 'application decided')
    await page.locator('.language.th').click()
    await page.locator('#case-title').waitFor()
    assert.ok((await page.locator('#case').innerText()).includes('Certificate handed over'), 'in English, the code is kept')
    await look(page, 'application decided in English')
    page.assert_clean()
  })
})
