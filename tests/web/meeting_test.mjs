// A meeting of a provincial committee in a browser, from its call to printed minutes and follow-up; an urgent matter; a
// circulation. By the demonstration's accounts, one after another on one record.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, get, new_visitor, phone, picture, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser
const people = new Map()
const meeting = {}

before(async () => { [program, browser] = await Promise.all([start_program(), start_browser()]) })
after(async () => {
  await browser?.close()
  await program?.stop()
})

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
const dialog = page => page.getByRole('dialog')
const act = (page, label) => page.locator('.acts').getByRole('button', { name: label, exact: true })
const send = async (page, key) => {
  await dialog(page).getByRole('button', { name: words(key), exact: true }).click()
  await dialog(page).waitFor({ state: 'detached' })
  await settled(page)
}
const state_is = (page, state) => page.locator('.page-head .mark', { hasText: words(`meeting.state.${state}`) }).first().waitFor()
const item = (page, title) => page.locator('.agenda-item', { hasText: title })

/** The first bytes of what a link downloads. */
async function downloaded(page, name) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).click()])
  return (await readFile(await file.path())).subarray(0, 5).toString()
}

async function look(page, name) {
  await settled(page)
  await picture(page, name)
  assert.deepEqual([await axe(page), await sideways(page)], [[], null], name)
}

describe('a meeting from its call to printed minutes and follow-up', () => {
  test('the provincial office plans it; what is unfinished is on the agenda by itself', async () => {
    const page = await person('office.70')
    await go(page, '/app/meetings')
    await look(page, 'meetings')
    await page.getByRole('link', { name: words('plan.title') }).click()
    await settled(page)
    await field(page, '/body').selectOption('provincial_committee.70')
    const year = Number(new Date(Date.now() + 7 * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 4)) + 543
    await field(page, '/number').fill(`9/${year}`)
    await field(page, '/place_th').fill('ห้องประชุมศาลากลางจังหวัด')
    await look(page, 'plan')
    await page.getByRole('button', { name: words('plan.send'), exact: true }).click()
    await page.waitForURL(/\/meetings\/[0-9A-Z]{26}$/)
    await settled(page)
    meeting.id = page.url().split('/').at(-1)
    await state_is(page, 'planned')
    assert.deepEqual(await page.locator('.agenda-item h4 .mark').allInnerTexts(), [words('source.minutes'), words('source.assignment')])
    page.assert_clean()
  })

  test('its agenda is built, ordered by the keyboard, and the members are called', async () => {
    const page = await person('office.70')
    for (const title of ['ซ่อมทางเข้าโรงพยาบาล', 'แผนรับมือหมอกควัน']) {
      await page.getByRole('button', { name: `${words('item.add')} ${words('agenda.5')}` }).click()
      await field(page, '/title_th').fill(title)
      await field(page, '/proposal_th').fill('จึงเรียนที่ประชุมเพื่อพิจารณา')
      await send(page, 'save')
    }
    await page.getByRole('button', { name: words('item.up', { n: '5.2' }) }).focus()
    await page.keyboard.press('Enter')
    await item(page, '5.1 แผนรับมือหมอกควัน').waitFor()
    await settled(page)
    await look(page, 'agenda')
    await act(page, 'เชิญประชุม').click()
    await field(page, '/notice_number').fill('รบ 0017.2/ว 1')
    await look(page, 'call')
    await send(page, 'meeting.call.title')
    await state_is(page, 'called')
    page.assert_clean()
  })

  test('without a quorum it does not open; with one it does', async () => {
    const page = await person('office.70')
    page.expect(409, /\/open$/)
    await act(page, 'เปิดประชุม').click()
    await page.getByRole('alert').waitFor()
    await page.getByRole('button', { name: words('attendance.all') }).click()
    await page.getByRole('button', { name: words('attendance.save') }).click()
    await page.locator('.page-head .mark.green', { hasText: '9/5' }).waitFor()
    await look(page, 'attendance')
    await act(page, 'เปิดประชุม').click()
    await state_is(page, 'open')
    page.assert_clean()
  })

  test('the governor, on a phone, declares a conflict of interest and is out of that item', async () => {
    const page = await person('governor.70', { viewport: phone })
    await go(page, `/app/meetings/${meeting.id}`)
    await item(page, 'ซ่อมทางเข้าโรงพยาบาล').getByRole('button', { name: words('interest.declare') }).click()
    await field(page, '/reason_th').fill('ญาติเป็นผู้รับจ้าง')
    await send(page, 'interest.declare')
    await item(page, 'ซ่อมทางเข้าโรงพยาบาล').getByText(words('interest.mine')).waitFor()
    await look(page, 'conflict on a phone')
    page.assert_clean()
  })

  test('item by item it resolves, with votes and with work to do; its minutes are drafted and printed', async () => {
    const page = await person('office.70')
    await go(page, `/app/meetings/${meeting.id}`)
    await item(page, words('source.minutes')).getByRole('button', { name: words('item.resolve') }).click()
    await field(page, '/text_th').fill('รับรองรายงานการประชุม')
    await send(page, 'item.resolve')
    await item(page, 'ซ่อมทางเข้าโรงพยาบาล').getByRole('button', { name: words('item.resolve') }).click()
    await dialog(page).locator('.mark', { hasText: '8/5' }).waitFor()
    await field(page, '/text_th').fill('เห็นชอบให้ซ่อม')
    await page.getByRole('checkbox', { name: words('votes.taken') }).check()
    await field(page, '/votes/in_favour').fill('7')
    await field(page, '/votes/against').fill('1')
    await field(page, '/follow_up/0/text_th').fill('จัดทำประมาณราคา')
    await field(page, '/follow_up/0/responsible_th').fill('แขวงทางหลวง')
    await look(page, 'resolution')
    await send(page, 'item.resolve')
    await item(page, 'ซ่อมทางเข้าโรงพยาบาล').getByText('เห็นชอบให้ซ่อม').waitFor()
    await act(page, 'ปิดประชุม').click()
    await state_is(page, 'closed')
    await item(page, 'ซ่อมทางเข้าโรงพยาบาล').getByRole('button', { name: words('item.discussion') }).click()
    await field(page, '/discussion_th').fill('ที่ประชุมอภิปรายเรื่องเส้นทางอ้อม')
    await page.getByRole('button', { name: words('save'), exact: true }).click()
    await item(page, 'ซ่อมทางเข้าโรงพยาบาล').getByText('เส้นทางอ้อม').waitFor()
    await act(page, 'เสนอรายงานการประชุมเพื่อรับรอง').click()
    await state_is(page, 'minutes_drafted')
    await look(page, 'minutes drafted')
    await page.getByRole('link', { name: words('print.minutes') }).click()
    await page.locator('.paper h1', { hasText: 'รายงานการประชุม' }).waitFor()
    const paper = await page.locator('.paper').innerText()
    for (const part of ['ระเบียบวาระที่ 1', 'ระเบียบวาระที่ 6', 'เห็นชอบให้ซ่อม', 'เห็นชอบ 7 ไม่เห็นชอบ 1', 'เส้นทางอ้อม', 'แจ้งว่ามีส่วนได้เสีย', 'จัดทำประมาณราคา'])
      assert.ok(paper.includes(part), `the minutes do not say ${part}`)
    await look(page, 'minutes on paper')
    assert.equal(await downloaded(page, words('pdf.minutes_draft')), '%PDF-')
    await go(page, `/app/meetings/${meeting.id}`)
    assert.equal(await downloaded(page, words('pdf.call')), '%PDF-')
    // The public sees nothing of it: the office did not make the resolution public.
    assert.equal((await get(program.url, '/resolutions?body=provincial_committee.70')).items.length, 0)
    page.assert_clean()
  })

  test('the work is reported with evidence and closed; what is not closed comes back', async () => {
    const page = await person('office.70')
    await go(page, '/app/assignments')
    await look(page, 'follow-up')
    await page.getByRole('link', { name: 'จัดทำประมาณราคา' }).click()
    await settled(page)
    await act(page, 'รายงานผลตามมติ').click()
    await field(page, '/text_th').fill('จัดทำแล้ว')
    await field(page, '/evidence_th').fill('รบ 0017/55')
    await send(page, 'reports.send')
    await look(page, 'report')
    await act(page, 'ปิดงานติดตาม').click()
    await field(page, '/note_th').fill('ตรวจแล้ว')
    await send(page, 'assignments.close')
    await page.locator('.page-head .mark.green', { hasText: words('assignment.state.done') }).waitFor()
    page.assert_clean()
  })
})

describe('the desk', () => {
  test('shows each officer what waits: urgent matters with their clocks, meetings, work, changes', async () => {
    const office = await person('office.70')
    await go(office, '/app/')
    const tasks = office.locator('section[aria-labelledby=waiting] .task')
    await tasks.filter({ hasText: words('desk.kind.matter') }).first().waitFor()
    await tasks.filter({ hasText: words('desk.do.change.draft') }).or(tasks.filter({ hasText: words('desk.kind.meeting') })).first().waitFor()
    assert.ok(await tasks.filter({ hasText: words('desk.hours_24') }).or(tasks.filter({ hasText: words('desk.hours_72') })).count() > 0, 'no clock runs')
    await look(office, 'desk of the provincial office')
    await tasks.filter({ hasText: words('desk.kind.matter') }).first().getByRole('link').click()
    await office.waitForURL(/\/matters\/[0-9A-Z]{26}$/)
    const member = await person('committee')
    await go(member, '/app/')
    await member.locator('.task', { hasText: words('desk.do.answer') }).first().waitFor()
    await look(member, 'desk of a member')
    const citizen = await person('citizen')
    await go(citizen, '/app/')
    assert.equal(await citizen.locator('.task', { hasText: words('desk.kind.matter') }).count(), 0)
    const governor = await person('governor.70', { viewport: phone })
    await go(governor, '/app/')
    await governor.locator('.task', { hasText: words('desk.kind.matter') }).first().waitFor()
    await look(governor, 'desk of the governor on a phone')
    for (const page of [office, member, citizen, governor]) page.assert_clean()
  })
})

describe('an urgent matter', () => {
  test('the governor orders at once, and the order is on the next agenda for acknowledgement', async () => {
    const governor = await person('governor.70', { viewport: phone })
    await go(governor, '/app/matters')
    await look(governor, 'matters on a phone')
    await governor.locator('.task-title').first().click()
    await settled(governor)
    const matter_id = governor.url().split('/').at(-1)
    await act(governor, 'สั่งการแก้ไขปัญหาเร่งด่วน').click()
    await field(governor, '/order_number').fill('77/2569')
    await field(governor, '/text_th').fill('ให้เปิดทางเบี่ยงและสูบน้ำ')
    await field(governor, '/legal_basis_th').fill('ตามกฎหมายว่าด้วยการป้องกันและบรรเทาสาธารณภัย')
    await send(governor, 'matters.order')
    await governor.locator('.page-head .mark', { hasText: words('acknowledgement.due') }).waitFor()
    await look(governor, 'matter ordered')
    assert.equal(await downloaded(governor, words('pdf.order')), '%PDF-')
    const office = await api_of(program.url, 'office.70')
    const starts = new Date(Date.now() + 20 * 86_400_000)
    const planned = await office('POST', '/meetings/plan', { body: 'provincial_committee.70', number: `10/${starts.getUTCFullYear() + 543}`, starts_at: starts.toISOString(), place_th: 'ศาลากลางจังหวัด' })
    assert.equal(planned.status, 201)
    const { items } = (await office('GET', `/meetings/${planned.body.meeting_id}`)).body
    assert.deepEqual(items.filter(each => each.source_kind === 'urgent_matter').map(each => [each.part, each.source_id]), [[4, matter_id]])
    governor.assert_clean()
  })
})

describe('a circulation', () => {
  test('a member finds it, reads it and answers; a body and its unverified rules are shown', async () => {
    const page = await person('committee')
    await go(page, '/app/meetings')
    await page.getByText(words('meetings.waits')).waitFor()
    await page.locator('.task', { hasText: words('meetings.waits') }).getByRole('link').click()
    await settled(page)
    await look(page, 'circulation')
    await page.getByRole('button', { name: words('answer.agree'), exact: true }).click()
    await page.getByText(words('circulation.may_change')).waitFor()
    await go(page, '/app/bodies/subcommittee_regional_local')
    await page.getByText(words('law.unverified')).first().waitFor()
    await look(page, 'body')
    await go(page, '/app/bodies')
    await look(page, 'bodies')
    await go(page, '/app/bodies?lang=en')
    await look(page, 'bodies in English')
    page.assert_clean()
  })
})
