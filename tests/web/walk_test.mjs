// The six steps of the programme in a browser, by the demonstration's accounts, one after another on one record.
import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, folder_of, get, new_visitor, phone, picture, root, run, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser
const folder = folder_of('walk')
const people = new Map() // username → the page on which this person works
const call = {}
const application = {}

before(async () => { [program, browser] = await Promise.all([start_program(), start_browser()]) })
after(async () => {
  await browser?.close()
  await program?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The page of somebody who is signed in; sign-ins are rationed, so each person keeps one. */
async function person(username, options) {
  if (!people.has(username)) {
    const page = await watched_page(await new_visitor(browser, program.url, options))
    await sign_in(page, username)
    people.set(username, page)
  }
  return people.get(username)
}
async function go(page, path) {
  await page.goto(path)
  await settled(page)
}
const field = (page, pointer) => page.locator(`[id="field${pointer.replaceAll('/', '-')}"]`)
const button = (page, key, gaps) => page.getByRole('button', { name: words(key, gaps), exact: true })
const section = (page, name) => page.getByRole('navigation', { name: words('sections.label') }).getByRole('button', { name: words(`section.${name}`) }).click()
const dialog = page => page.getByRole('dialog')
const answer = (page, key) => dialog(page).getByRole('button', { name: words(key), exact: true })
const state_is = (page, state) => page.locator('.page-head .mark', { hasText: words(`state.${state}`) }).first().waitFor()
const saved = page => page.locator('.save-state.saved').waitFor()
const done = page => { page.assert_clean() }

/** A step of the walk as it looks: a picture where pictures are wanted, and held to the same as every page, dialogs open. */
async function look(page, name) {
  await picture(page, name)
  assert.deepEqual([await axe(page), await sideways(page)], [[], null], name)
}

// ---- moments, as Bangkok's wall clock shows them and as somebody types them

const day_ms = 86_400_000
const bangkok = ms => new Date(ms + 7 * 3_600_000).toISOString()
const fiscal_year = (([year, month]) => (month >= 10 ? year + 1 : year))(bangkok(Date.now()).split('-').map(Number))
const whole_second = ms => new Date(Math.ceil(ms / 1000) * 1000).toISOString()

/** Types a moment into the field that shows day, month, year of the Buddhist era, hour, minute and second. */
async function type_moment(page, pointer, ms) {
  const [year, month, day, hour, minute, second] = bangkok(ms).match(/\d+/g)
  const box = field(page, pointer)
  await box.getByRole('spinbutton').first().click()
  for (const digits of [day, month, String(Number(year) + 543), hour, minute, second]) await page.keyboard.type(digits)
  return box
}

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

/** What a province writes when it is in a hurry: complete, and no more. */
const complete_proposal = {
  summary_th: 'จังหวัดจะให้บริการจบที่อำเภอภายในหนึ่งวัน', risks_th: 'บุคลากรไม่พอ แก้ด้วยการหมุนเวียนเจ้าหน้าที่',
  agendas: [{ title_th: 'บริการจบที่อำเภอ', working_group: 'society_security', why_th: 'ผลประเมินชี้ว่าประชาชนรอนาน' }],
  kpis: [{
    code: 'days', name_th: 'วันที่ประชาชนรอ', name_en: 'Days waited', definition_th: 'ค่ากลางของวันที่รอ', unit_th: 'วัน', unit_en: 'days', direction: 'lower', source_th: 'ทะเบียน', owner_th: 'ที่ทำการปกครองจังหวัด', agenda: 0, weight: '100',
    baseline: [{ fiscal_year: fiscal_year - 1, value: '5' }], targets: [{ fiscal_year, value: '3' }, { fiscal_year: fiscal_year + 1, value: '1' }], criteria: { p50: '3', p75: '2', p100: '1' },
  }],
  benefits: [{ number: '12000', unit_th: 'ครัวเรือน', sentence_th: 'ได้รับบริการในวันเดียว', sentence_en: '' }], unlocks: [],
}

describe('step 1: anybody reads the programme', () => {
  test('through its years, and why a province is a member', async () => {
    const context = await new_visitor(browser, program.url, { viewport: phone })
    const page = await watched_page(context)
    await go(page, '/')
    await page.locator('main a[href="/programme.html"]').first().click()
    await settled(page)
    const { years } = await get(program.url, '/programme')
    for (const { fiscal_year: year, cohorts } of years) {
      const block = page.locator(`section[data-year="${year}"]`)
      assert.match(await block.locator('h2').innerText(), new RegExp(String(year + 543)))
      for (const { title_th } of cohorts) await block.getByText(title_th).first().waitFor()
    }
    await page.locator('#choose-year').getByRole('button', { name: '2563' }).click()
    const pilots = years.find(year => year.fiscal_year === 2020).cohorts.find(cohort => cohort.kind === 'pilot').members.map(member => member.province)
    for (const province of pilots) assert.match(await page.locator(`[data-map] [data-province="${province}"]`).getAttribute('class'), /k-pilot/)
    await look(page, '1 programme')

    const member = years.flatMap(year => year.cohorts).flatMap(cohort => cohort.members).find(each => each.province === '70' && each.reason_th)
    await page.locator('#members a[href="/provinces/70"]').click()
    await settled(page)
    assert.equal(await page.locator('h1').innerText(), 'จังหวัดราชบุรี')
    assert.ok((await page.locator('#details, #summary').allInnerTexts()).join('').includes(member.reason_th), 'the reason of the membership is on the page')
    await look(page, '1 province')
    done(page)
    await context.close()
  })
})

describe('step 2: a call is opened, provinces write and submit, OPDC checks', () => {
  test('OPDC drafts a call with a file that has to come, invites Ratchaburi, and opens it', async () => {
    const page = await person('opdc')
    await go(page, '/app/calls')
    await page.getByRole('link', { name: words('calls.new') }).click()
    await settled(page)
    await field(page, '/title_th').fill('เชิญชวนจังหวัดสมัคร รอบทดสอบ')
    await field(page, '/title_en').fill('A call to try')
    await field(page, '/fiscal_year').selectOption(String(fiscal_year))
    call.deadline_ms = Math.floor((Date.now() + 40 * day_ms) / 1000) * 1000
    // The form offers half past eight of today, which before that hour would still be closed.
    await type_moment(page, '/opens_at', Date.now() - 60 * 60_000)
    const shown = await type_moment(page, '/deadline_at', call.deadline_ms)
    assert.match((await shown.innerText()).replace(/\s/g, ''), new RegExp(`/${Number(bangkok(call.deadline_ms).slice(0, 4)) + 543}`), 'the year is of the Buddhist era')
    await field(page, '/guidance_th').fill('โปรดส่งข้อเสนอภายในกำหนด')
    await field(page, '/invited-search').fill('ราชบุรี')
    await page.getByRole('checkbox', { name: 'ราชบุรี' }).check()
    await page.getByRole('checkbox', { name: words('call.allow_volunteers') }).check()
    await look(page, '2 new call')
    await button(page, 'call.save').click()
    await page.waitForURL(/\/calls\/[0-9A-Z]{26}$/)
    await settled(page)
    call.call_id = page.url().split('/').at(-1)
    await button(page, 'call.open.go').or(page.locator('.acts .button.main')).first().click()
    await dialog(page).getByRole('button', { name: words('call.open.go') }).click()
    await page.locator('.page-head .mark', { hasText: words('call.state.open') }).waitFor()
    await look(page, '2 call open')

    const { deadline_at, invited, volunteers_allowed, requirements } = await get(program.url, `/calls/${call.call_id}`)
    assert.deepEqual([Date.parse(deadline_at), invited, volunteers_allowed], [call.deadline_ms, ['70'], true])
    call.file = requirements.find(requirement => requirement.kind === 'file' && requirement.required).key
    done(page)
  })

  test('Khon Kaen, not invited, joins as a volunteer', async () => {
    const page = await person('office.40')
    await go(page, `/app/calls/${call.call_id}`)
    await page.getByText(words('call.may_volunteer', { province: 'ขอนแก่น' })).waitFor()
    await button(page, 'call.begin').click()
    await page.waitForURL(/\/applications\/[0-9A-Z]{26}$/)
    await state_is(page, 'draft')
    const kind = (await (await api_of(program.url, 'opdc'))('GET', `/applications?call_id=${call.call_id}`)).body.items.map(each => [each.province, each.kind])
    assert.deepEqual(kind, [['40', 'volunteer']])
    done(page)
  })

  test('Ratchaburi begins its proposal; what is typed is saved by itself and is there again after loading the page anew', async () => {
    const page = await person('office.70')
    await go(page, '/app/')
    await page.getByRole('link', { name: 'เชิญชวนจังหวัดสมัคร รอบทดสอบ' }).click()
    await button(page, 'call.begin').click()
    await page.waitForURL(/\/applications\/[0-9A-Z]{26}$/)
    await settled(page)
    application.id = page.url().split('/').at(-1)
    await field(page, '/summary_th').fill('บริการจบที่อำเภอ')
    await page.locator('.save-state.waiting, .save-state.saving').first().waitFor()
    await saved(page)
    await look(page, '2 autosave')
    await page.reload()
    await settled(page)
    assert.equal(await field(page, '/summary_th').inputValue(), 'บริการจบที่อำเภอ')
    done(page)
  })

  test('the governor and the officer write at once: different places are joined, the same place keeps both texts', async () => {
    const officer = await person('office.70')
    const governor = await person('governor.70')
    for (const page of [officer, governor]) page.expect(412, new RegExp(application.id))
    await go(governor, `/app/applications/${application.id}`)
    await section(governor, 'risks')
    await Promise.all([
      field(officer, '/summary_th').fill('บริการจบที่อำเภอ ภายในหนึ่งวัน'),
      field(governor, '/risks_th').fill('บุคลากรไม่พอ'),
    ])
    await Promise.all([saved(officer), saved(governor)])
    let { body } = await as_officer('GET', `/applications/${application.id}`)
    assert.deepEqual([body.proposal.summary_th, body.proposal.risks_th], ['บริการจบที่อำเภอ ภายในหนึ่งวัน', 'บุคลากรไม่พอ'])

    // Now in one place, each from the version that both see.
    await go(officer, `/app/applications/${application.id}`)
    await go(governor, `/app/applications/${application.id}`)
    await Promise.all([field(officer, '/summary_th').fill('ข้อความของเจ้าหน้าที่'), field(governor, '/summary_th').fill('ข้อความของผู้ว่าราชการ')])
    const late = await Promise.any([officer, governor].map(async page => { await page.locator('.conflicts').waitFor(); return page }))
    const quotes = await late.locator('.conflicts .quote').allInnerTexts()
    assert.deepEqual(quotes.toSorted(), ['ข้อความของผู้ว่าราชการ', 'ข้อความของเจ้าหน้าที่'].toSorted(), 'both texts are shown')
    await look(late, '2 conflict')
    await button(late, 'conflict.take_both').click()
    await saved(late)
    ;({ body } = await as_officer('GET', `/applications/${application.id}`))
    for (const text of quotes) assert.ok(body.proposal.summary_th.includes(text), `${text} is lost`)
    done(officer)
    done(governor)
  })

  test('submitting with gaps is refused, and every gap leads to its field', async () => {
    const page = await person('office.70')
    page.expect(422, /submit$/)
    await go(page, `/app/applications/${application.id}`)
    await section(page, 'kpis')
    await button(page, 'kpi.add').click()
    await saved(page)
    await page.locator('.acts').getByRole('button', { name: /ยื่น|ส่ง/ }).click()
    const refused = dialog(page)
    await refused.locator('.notice li').first().waitFor()
    await look(page, '2 gaps before sending')
    await answer(page, 'submit.go').click()
    const alert = refused.getByRole('alert')
    await alert.waitFor()
    await look(page, '2 gaps refused')
    const said = await alert.getByRole('link').all()
    const problems = await Promise.all(said.map(async link => [await link.getAttribute('href'), await link.innerText()]))
    assert.ok(problems.length >= 10, `only ${problems.length} gaps are named`)
    await answer(page, 'submit.not_yet').click()
    for (const [href, text] of problems) {
      await page.getByRole('main').getByRole('alert').locator(`a[href="${href}"]`, { hasText: text }).first().click()
      await page.waitForFunction(id => document.activeElement?.id === id || document.activeElement?.closest(`[id="${id}"]`), href.slice(1), { timeout: 3000 })
        .catch(() => assert.fail(`"${text}" does not lead to ${href}, but to ${page.url()}`))
    }
    done(page)
  })

  test('everything is filled in, the file is uploaded, and the proposal is submitted in time', async () => {
    const page = await person('office.70')
    await go(page, `/app/applications/${application.id}`)
    await field(page, '/summary_th').fill('จังหวัดจะให้บริการจบที่อำเภอภายในหนึ่งวัน ประชาชนเห็นผลในสองปี')
    await section(page, 'agendas')
    await button(page, 'agenda.add').click()
    await field(page, '/agendas/0/title_th').fill('บริการจบที่อำเภอ')
    await field(page, '/agendas/0/working_group').selectOption('society_security')
    await field(page, '/agendas/0/why_th').fill('ผลประเมินชี้ว่าประชาชนรอนาน')
    await section(page, 'kpis')
    await page.locator('.kpi-item h3 button').click()
    const kpi = {
      code: 'closed_in_a_day', name_th: 'ร้อยละของคำขอที่เสร็จในหนึ่งวัน', name_en: 'Requests done in a day', definition_th: 'คำขอที่เสร็จในหนึ่งวัน หารด้วยคำขอทั้งหมด คูณ 100', unit_th: 'ร้อยละ', unit_en: 'per cent',
      weight: '๑๐๐', source_th: 'ทะเบียนศูนย์บริการ', owner_th: 'ที่ทำการปกครองจังหวัด', 'baseline/0/value': '52', 'baseline/1/value': '55', 'baseline/2/value': '60.5', 'targets/0/value': '64', 'targets/1/value': '66', 'criteria/p50': '60', 'criteria/p75': '64', 'criteria/p100': '70',
    }
    for (const [name, value] of Object.entries(kpi)) await field(page, `/kpis/0/${name}`).fill(value)
    await field(page, '/kpis/0/agenda').selectOption('0')
    await saved(page)
    await page.locator('.stretch .mark').first().waitFor()
    await look(page, '2 kpi filled')
    await section(page, 'benefits')
    await button(page, 'benefit.add').click()
    await field(page, '/benefits/0/number').fill('12,000')
    await field(page, '/benefits/0/unit_th').fill('ครัวเรือน')
    await field(page, '/benefits/0/sentence_th').fill('ได้รับบริการจบในวันเดียว')
    await section(page, 'risks')
    await field(page, '/risks_th').fill('บุคลากรไม่พอ แก้ด้วยการหมุนเวียนเจ้าหน้าที่')
    await section(page, 'files')
    await page.locator('.file-slot input[type=file]').setInputFiles({ name: 'ใบสมัคร.pdf', mimeType: 'application/pdf', buffer: pdf })
    await page.locator('.stored-file', { hasText: 'ใบสมัคร.pdf' }).waitFor()
    await saved(page)
    await page.locator('.meter-box', { hasText: '100%' }).waitFor()
    await look(page, '2 complete')
    await page.locator('.acts').getByRole('button', { name: /ยื่น|ส่ง/ }).click()
    await dialog(page).getByText(words('submit.complete')).waitFor()
    await look(page, '2 submit')
    await answer(page, 'submit.go').click()
    await state_is(page, 'submitted')
    await page.getByText(words('application.read_only')).waitFor()
    const { body } = await as_officer('GET', `/applications/${application.id}`)
    assert.equal(body.state, 'submitted')
    assert.deepEqual(body.files.map(file => [file.name, file.bytes]), [['ใบสมัคร.pdf', pdf.length]])
    assert.equal(body.proposal.kpis[0].weight, '100', 'Thai digits are understood')
    assert.equal(body.proposal.benefits[0].number, '12000')
    done(page)
  })

  test('a submission after the deadline is refused with the time by which it was late', async () => {
    const opdc = await api_of(program.url, 'opdc')
    const office = await api_of(program.url, 'office.39')
    const opens_at = whole_second(Date.now() - 60_000)
    const deadline_at = whole_second(Date.now() + 12_000)
    const made = await opdc('POST', '/calls', {
      fiscal_year, title_th: 'ประกาศที่ใกล้ปิด', title_en: 'Nearly closed', guidance_th: '', guidance_en: '', opens_at, deadline_at, invited: ['39'], volunteers_allowed: false,
      requirements: [{ key: 'proposal', label_th: 'ข้อเสนอ', label_en: 'Proposal', required: true, kind: 'form' }],
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal((await opdc('POST', `/calls/${made.body.call_id}/open`, {}, { 'if-match': made.etag ?? '"1"' })).status, 200)
    const begun = await office('POST', '/applications', { call_id: made.body.call_id, province: '39' })
    assert.equal(begun.status, 201, JSON.stringify(begun.body))
    const { application_id } = begun.body
    const written = await office('PATCH', `/applications/${application_id}`, { proposal: complete_proposal }, { 'if-match': begun.etag })
    assert.equal(written.status, 200, JSON.stringify(written.body))

    const page = await person('office.39', { viewport: phone })
    page.expect(409, /submit$/)
    await go(page, `/app/applications/${application_id}`)
    await page.locator('.acts').getByRole('button', { name: /ยื่น|ส่ง/ }).click()
    await dialog(page).getByText(words('submit.complete')).waitFor()
    if (Date.now() < Date.parse(deadline_at)) await dialog(page).getByRole('timer').waitFor()
    await dialog(page).locator('.countdown-clock.past').waitFor()
    await answer(page, 'submit.go').click()
    const said = await dialog(page).getByRole('alert').innerText()
    await look(page, '2 late')
    assert.match(said, /พ้นกำหนด/)
    assert.match(said, /\d+ วินาที/, 'the refusal says by how much')
    assert.equal((await office('GET', `/applications/${application_id}`)).body.state, 'draft')
    done(page)
  })

  test('OPDC returns it with findings that point at fields, and a new deadline', async () => {
    const page = await person('opdc')
    await go(page, '/app/')
    await page.getByRole('link', { name: words('application.title', { province: 'ราชบุรี', year: fiscal_year + 543 }) }).first().click()
    await settled(page)
    await page.locator('.acts').getByRole('button', { name: /ส่งกลับ|ส่งคืน|คืน/ }).click()
    application.correction_ms = Math.floor((Date.now() + 60 * day_ms) / 1000) * 1000
    await dialog(page).waitFor()
    await type_moment(page, '/deadline_at', application.correction_ms)
    await field(page, '/findings/0/pointer').selectOption('/proposal/kpis/0/targets')
    await field(page, '/findings/0/text').fill('เป้าหมายปีที่สองยังไม่ท้าทาย')
    await button(page, 'act.return.add').click()
    await field(page, '/findings/1/pointer').selectOption('/proposal/summary_th')
    await field(page, '/findings/1/text').fill('บอกด้วยว่าเริ่มที่อำเภอใด')
    await look(page, '2 return')
    await answer(page, 'act.return.go').click()
    await state_is(page, 'returned')
    const { body } = await as_officer('GET', `/applications/${application.id}`)
    assert.equal(Date.parse(body.deadline_at), application.correction_ms)
    assert.equal(body.findings.length, 2)
    done(page)
  })

  test('the province sees each finding in its place, corrects and submits again', async () => {
    const page = await person('office.70')
    await go(page, '/app/')
    await page.getByText(words('desk.do.returned', { n: 2 })).waitFor()
    await go(page, `/app/applications/${application.id}`)
    await look(page, '2 findings')
    const findings = page.locator('section[aria-labelledby=findings-title]')
    await findings.getByRole('link', { name: words('section.summary') }).click()
    await page.waitForFunction(() => document.activeElement?.id === 'field-summary_th')
    await page.locator('.field .finding', { hasText: 'เริ่มที่อำเภอใด' }).waitFor()
    await field(page, '/summary_th').fill('จังหวัดจะให้บริการจบที่อำเภอภายในหนึ่งวัน เริ่มที่อำเภอเมืองราชบุรี')
    await findings.getByRole('link', { name: words('kpi.targets') }).click()
    await page.locator('.finding', { hasText: 'ยังไม่ท้าทาย' }).waitFor()
    await look(page, '2 finding at targets')
    await field(page, '/kpis/0/targets/1/value').fill('75')
    await saved(page)
    await page.locator('.acts').getByRole('button', { name: /ยื่น|ส่ง/ }).click()
    await answer(page, 'submit.go').click()
    await state_is(page, 'submitted')
    done(page)
  })

  test('OPDC accepts it', async () => {
    const page = await person('opdc')
    await go(page, `/app/applications/${application.id}`)
    await page.locator('.acts').getByRole('button', { name: /รับ/ }).first().click()
    await answer(page, 'act.accept.go').click()
    await state_is(page, 'screening')
    done(page)
  })
})

describe('step 3: working groups advise, the sub-committee resolves', () => {
  test('the committee sees how far the targets reach, with the working, and advises', async () => {
    const page = await person('committee')
    await go(page, '/app/')
    await page.getByRole('link', { name: words('application.title', { province: 'ราชบุรี', year: fiscal_year + 543 }) }).first().click()
    await settled(page)
    await section(page, 'kpis')
    await page.locator('.kpi-item h3 button').click()
    const stretch = page.locator('.stretch')
    await stretch.waitFor()
    const working = await stretch.innerText()
    assert.match(working, /แนวโน้ม/)
    assert.match(working, /75/, 'the target is in the working')
    await look(page, '3 stretch')
    await page.locator('.acts').getByRole('button', { name: /ข้อเสนอแนะ|ความเห็น/ }).click()
    await field(page, '/working_group').selectOption('society_security')
    await field(page, '/text').fill('ควรเริ่มที่อำเภอซึ่งมีเรื่องมากที่สุด')
    await answer(page, 'act.advise.go').click()
    await state_is(page, 'advised')
    await page.getByText('ควรเริ่มที่อำเภอซึ่งมีเรื่องมากที่สุด').first().waitFor()
    done(page)
  })

  test('OPDC records the resolution of a meeting, and the province is a member on the public pages', async () => {
    const page = await person('opdc')
    await go(page, '/app/meetings/new')
    const number = `9/${fiscal_year + 543}`
    const [year, month, day] = bangkok(Date.now()).slice(0, 10).split('-').map(Number)
    await field(page, '/number').fill(number)
    await field(page, '/on_date').fill(`${day}/${month}/${year + 543}`)
    await field(page, '/chair_title_th').fill('รองเลขาธิการ ก.พ.ร.')
    await look(page, '3 meeting')
    await button(page, 'meeting.record').click()
    await page.waitForURL(/\/app\/meetings$/)
    await page.getByRole('heading', { name: words('meeting.nth', { n: number }) }).waitFor()

    await go(page, `/app/applications/${application.id}`)
    await page.locator('.acts').getByRole('button', { name: /มติ/ }).click()
    await dialog(page).waitFor()
    const meetings = field(page, '/meeting_id')
    await meetings.locator('option', { hasText: number }).waitFor({ state: 'attached' })
    await meetings.selectOption(await meetings.locator('option', { hasText: number }).getAttribute('value'))
    await field(page, '/number').fill('1.2')
    await field(page, '/kind').selectOption('approve')
    await field(page, '/text_th').fill('เห็นชอบข้อเสนอของจังหวัดราชบุรี')
    await look(page, '3 resolve')
    await answer(page, 'act.resolve.go').click()
    await state_is(page, 'approved')
    await look(page, '3 approved')
    done(page)

    const context = await new_visitor(browser, program.url)
    const anybody = await watched_page(context)
    await go(anybody, '/programme.html')
    await anybody.locator(`section[data-year="${fiscal_year}"]`, { hasText: 'ราชบุรี' }).waitFor()
    await look(anybody, '3 programme')
    await go(anybody, '/provinces/70')
    const text = await anybody.locator('main').innerText()
    assert.ok(text.includes(String(fiscal_year + 543)), 'the year of the membership')
    assert.ok(text.includes('เห็นชอบข้อเสนอของจังหวัดราชบุรี'), 'the resolution')
    await look(anybody, '3 province')
    done(anybody)
    await context.close()
  })
})

describe('step 4: values of KPIs are reported, corrected and withdrawn', () => {
  test('a value is recorded, corrected and withdrawn with a reason, and the judgement is shown with its rule', async () => {
    const page = await person('office.70')
    const { items } = await get(program.url, '/kpis?province=70')
    const kpi = items.find(each => each.code === 'cases_closed_on_time')
    const values = async () => (await get(program.url, `/kpis/${kpi.kpi_id}/values?history=all&limit=200`)).items.filter(value => value.period === '2022-10')
    assert.deepEqual(await values(), [])
    await go(page, '/app/kpis')
    await page.getByRole('link', { name: kpi.name_th }).first().click()
    await settled(page)
    const rule = await page.locator('.page-head').innerText()
    assert.ok(rule.includes(words(`colour.${kpi.judgement.colour}`)) && rule.includes(kpi.judgement.rule_th), `the judgement and its rule: ${rule}`)

    async function record(value, reason) {
      await field(page, '/period').selectOption('10')
      await field(page, '/year').fill('๒๕๖๕')
      await field(page, '/value').fill(value)
      await field(page, '/source_class').selectOption('administrative_record')
      if (reason) await field(page, '/reason').fill(reason)
      await look(page, `4 ${value}`)
      await button(page, 'value.save').click()
      await page.getByText(words('value.saved'), { exact: true }).waitFor()
      await settled(page)
    }
    await record('๘๖.๕')
    await record('87.25', 'นับเรื่องของอำเภอบ้านโป่งไม่ครบ')
    await look(page, '4 corrected')
    const kept = await values()
    assert.deepEqual(kept.map(value => [value.value, value.reason]).toSorted(), [['86.5', null], ['87.25', 'นับเรื่องของอำเภอบ้านโป่งไม่ครบ']])
    const rows = await page.locator('tbody tr', { has: page.getByRole('rowheader', { name: 'ต.ค. 2565' }) }).allInnerTexts()
    assert.equal(rows.length, 2, 'the old value stays beside its correction')
    assert.ok(rows.some(row => row.includes(words('value.is_correction')) && row.includes('บ้านโป่ง')), 'the correction says why')

    const october = page.locator('tbody tr', { has: page.getByRole('rowheader', { name: 'ต.ค. 2565' }) })
    await october.getByRole('button', { name: words('value.withdraw') }).click()
    await field(page, '/withdraw/reason').fill('รายงานของเดือนอื่น')
    await look(page, '4 withdraw')
    await answer(page, 'value.withdraw').click()
    await dialog(page).waitFor({ state: 'detached' })
    await settled(page)
    await look(page, '4 withdrawn')
    assert.deepEqual((await values()).map(value => [value.value, value.withdrawn]), [['86.5', false], ['87.25', false], ['87.25', true]])
    assert.ok((await october.allInnerTexts()).some(row => row.includes(words('value.is_withdrawal')) && row.includes('รายงานของเดือนอื่น')), 'the withdrawal says why')
    assert.equal(await october.getByRole('button').count(), 0, 'what holds no more cannot be withdrawn again')
    done(page)
  })
})

describe('step 5: the scoreboard', () => {
  test('shows ranks with intervals, says who is not ranked and why, and its data recompute to the same', async () => {
    const board = await get(program.url, '/scoreboard?fiscal_year=2021')
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    await go(page, '/scoreboard.html?fiscal_year=2021')
    for (const measure of ['level', 'improvement']) {
      await page.locator(`#choose-measure [value=${measure}]`).click()
      const shown = await page.locator('#board tbody tr').evaluateAll(rows => rows.map(row => [row.dataset.province, row.cells[0].innerText, row.querySelector('.interval').getAttribute('aria-label')]))
      const ranked = board.provinces.filter(row => row[`${measure}_rank`] !== null)
      assert.ok(ranked.length >= 20)
      assert.deepEqual(Object.fromEntries(shown.map(([code, rank]) => [code, rank])), Object.fromEntries(ranked.map(row => [row.province, String(row[`${measure}_rank`])])))
      for (const [code, , label] of shown) {
        const row = ranked.find(each => each.province === code)
        for (const number of ['rank', 'rank_low', 'rank_high']) assert.ok(label.includes(row[`${measure}_${number}`]), `${code}: ${label}`)
      }
      assert.equal(await page.locator('#board .scroll').evaluate(box => box.scrollWidth - box.clientWidth), 0, 'at a desk every column is in sight')
      await look(page, `5 ${measure}`)
    }
    const unranked = board.provinces.filter(row => !row.ranked)
    assert.ok(unranked.length > 0)
    for (const summary of await page.locator('#unranked summary').all()) await summary.click()
    const why = await page.locator('#unranked').innerText()
    for (const row of unranked) {
      assert.ok(why.includes(row.name_th), `${row.name_th} is not named`)
      for (const reason of row.reasons) assert.ok(why.includes(reason.th), `${row.name_th}: ${reason.th}`)
    }
    for (const limit of board.limits) assert.ok((await page.locator('#limits').innerText()).includes(limit.th), limit.th)
    const numbers = await page.locator('#parameters').innerText()
    for (const rule of board.rules) assert.ok(numbers.includes(rule.name_th), rule.name_th)
    await look(page, '5 unranked')

    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#dump-json').click()])
    const dump = join(folder, 'dump.json')
    await download.saveAs(dump)
    const { stdout } = await run('python3', [join(root, 'tools/recompute-scoreboard'), dump])
    console.log(`recomputed: ${stdout.trim().split('\n').at(-1)}`)
    const altered = readFileSync(dump, 'utf8').replace(/"rank": ?1\b/, '"rank": 2')
    writeFileSync(dump, altered)
    await assert.rejects(run('python3', [join(root, 'tools/recompute-scoreboard'), dump]), 'a dump that was altered does not recompute')
    done(page)
    await context.close()
  })
})

describe('step 6: sheets in and out', () => {
  const heading = 'จังหวัด,รหัสตัวชี้วัด,ชื่อตัวชี้วัด,งวด,ค่า,หน่วย,แหล่งข้อมูล'
  const sheet = (...rows) => ({ name: 'ค่าตัวชี้วัด.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${[heading, ...rows].join('\r\n')}\r\n`) })
  const name = 'ร้อยละของเรื่องร้องเรียนที่ยุติภายในกำหนดและผู้ร้องยืนยันผล'
  const values_in = async period => {
    const { items } = await get(program.url, '/kpis?province=70')
    const { kpi_id } = items.find(each => each.code === 'cases_closed_on_time')
    return (await get(program.url, `/kpis/${kpi_id}/values?limit=200`)).items.filter(value => value.period === period).map(value => value.value)
  }

  test('a sheet with wrong cells shows them in place and records nothing; the right one is recorded', async () => {
    const page = await person('office.70')
    await go(page, '/app/kpis/import')
    const choose = page.locator('input[type=file]')
    await choose.setInputFiles(sheet(`ราชบุรี,cases_closed_on_time,${name},พฤศจิกายน 2565,แปดสิบ,ร้อยละ,ทะเบียน`, `ราชบุรี,no_such_kpi,,ธันวาคม 2565,88,ร้อยละ,ทะเบียน`, `ราชบุรี,cases_closed_on_time,${name},มกราคม 2566,88.5,ร้อยละ,ทะเบียน`))
    await page.getByRole('heading', { name: words('import.preview') }).waitFor()
    await look(page, '6 wrong cells')
    const wrong = await page.locator('td.wrong-cell').allInnerTexts()
    assert.equal(wrong.length, 2, `marked: ${wrong}`)
    assert.ok(wrong.some(text => /แปดสิบ/.test(text) && /E2/.test(text)), wrong.join(' | '))
    assert.ok(wrong.some(text => /no_such_kpi/.test(text) && /B3/.test(text)), wrong.join(' | '))
    assert.equal(await page.locator('section .button.main', { hasText: words('import.confirm', { good: '' }).split(' ')[0] }).count(), 0, 'nothing to confirm')
    assert.deepEqual([await values_in('2022-11'), await values_in('2023-01')], [[], []])

    await choose.setInputFiles(sheet(`ราชบุรี,cases_closed_on_time,${name},พฤศจิกายน 2565,๘๘,ร้อยละ,ทะเบียน`, `ราชบุรี,cases_closed_on_time,${name},มกราคม 2566,88.5,ร้อยละ,ทะเบียน`))
    await page.locator('.notice.good').waitFor()
    await look(page, '6 right')
    assert.equal(await page.locator('td.wrong-cell').count(), 0)
    assert.deepEqual(await values_in('2022-11'), [], 'nothing is recorded before somebody confirms')
    await button(page, 'import.confirm', { good: 2 }).click()
    await page.getByText(words('import.outcome', { written: 2, unchanged: 0, skipped: 0 })).waitFor()
    assert.deepEqual([await values_in('2022-11'), await values_in('2023-01')], [['88'], ['88.5']])
    done(page)
  })

  test('the export to Excel has Thai headings and the values that were recorded', async () => {
    const page = await person('office.70')
    await go(page, '/app/kpis')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: words('kpis.export', { format: 'XLSX' }) }).click()])
    const file = join(folder, 'kpis.xlsx')
    await download.saveAs(file)
    const read = `
import re, sys, zipfile, html
with zipfile.ZipFile(sys.argv[1]) as book:
    assert book.testzip() is None
    print(html.unescape(re.sub("<[^>]+>", " ", " ".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml")))))`
    const { stdout } = await run('python3', ['-c', read, file], { maxBuffer: 1 << 26 })
    for (const text of ['จังหวัด', 'รหัสตัวชี้วัด', 'งวด', 'ค่า', 'หน่วย', 'ราชบุรี', 'พฤศจิกายน 2565', '88.5']) assert.ok(stdout.includes(text), `${text} is not in the workbook`)
    done(page)
  })
})

describe('everybody else', () => {
  test('a citizen and a district see no act that they may not do', async () => {
    for (const username of ['citizen', 'district.7001']) {
      const page = await person(username)
      page.expect(403, /\/api\/v1\//)
      for (const path of ['/app/', '/app/calls', `/app/calls/${call.call_id}`, `/app/applications/${application.id}`]) {
        await go(page, path)
        assert.equal(await page.locator('main .acts .button').count(), 0, `${username} is offered an act on ${path}`)
        assert.equal(await page.getByRole('link', { name: words('calls.new') }).count(), 0)
        assert.equal(await button(page, 'call.begin').count(), 0)
      }
      await look(page, `others ${username}`)
      done(page)
    }
  })

  test('the auditor reads in the ledger what was done, in order, and can change nothing', async () => {
    const page = await person('auditor')
    await go(page, `/app/applications/${application.id}`)
    assert.equal(await page.locator('main .acts .button').count(), 0)
    done(page)
    await go(page, `/app/ledger?subject_kind=application&subject_id=${application.id}`)
    const course = ['create', 'submit', 'return', 'submit', 'accept', 'advise', 'resolve'].map(act => words(`ledger.act.application.${act}`))
    const shown = await page.locator('main tbody tr td:nth-child(3) b').allInnerTexts()
    assert.deepEqual(shown.toReversed().filter(act => course.includes(act)), course)
    await page.getByRole('button', { name: words('ledger.check_here') }).last().click()
    await page.locator('tbody .mark.green', { hasText: words('ledger.stands') }).waitFor() // computed in the browser
    await look(page, 'others auditor')
    done(page)
    const { items } = await (await page.request.get('/api/v1/ledger/entries?limit=200')).json()
    assert.deepEqual(items.map(entry => entry.sequence), items.map((_, i) => i), 'the ledger has no gap')
    const nobody = await fetch(`${program.url}/api/v1/ledger/entries`)
    assert.equal(nobody.status, 401, 'entries name persons, so only those who check them may read them')
  })
})

let as_officer_
/** The officer of Ratchaburi, asking the API what the record says. */
async function as_officer(...request) {
  as_officer_ ??= await api_of(program.url, 'office.70')
  return as_officer_(...request)
}
