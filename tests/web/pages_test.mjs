// Every page, as it is met on a phone and at a desk, in Thai and in English, with and without scripts, by keyboard, on paper.
import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { api_of, axe, desk, folder_of, get, new_visitor, phone, picture, root, run, settled, sideways, sign_in, start_browser, start_program, watched_page } from './support.mjs'

const public_pages = ['/', '/programme.html', '/scoreboard.html', '/scoreboard.html?fiscal_year=2021', '/province.html', '/provinces/70', '/provinces/17', '/provinces/58', '/ledger.html', '/obligations.html', '/report', '/follow', '/cases', '/cases?area=70', '/services', '/services?group=id_card', '/services?service=dopa_207', '/queue', '/queue?district=7001']
const board_year = 2021
const titles = {
  '/': ['จังหวัดที่มีผลสัมฤทธิ์สูง', 'High-performance provinces'], '/programme.html': ['โครงการ', 'Programme'], '/scoreboard.html': ['ผลงานจังหวัด', 'Scoreboard'],
  '/province.html': ['รายจังหวัด', 'Provinces'], '/provinces/70': ['ราชบุรี', 'Ratchaburi'], '/provinces/17': ['สิงห์บุรี', 'Sing Buri'], '/provinces/58': ['แม่ฮ่องสอน', 'Mae Hong Son'], '/ledger.html': ['ตรวจสอบบัญชี', 'Verify the ledger'], '/obligations.html': ['หน้าที่ที่ต้องแจ้ง', 'Obligations'],
  '/report': ['แจ้งเรื่อง', 'Report'], '/follow': ['ติดตามเรื่อง', 'Follow'], '/cases': ['ผลการแก้ไขเรื่อง', 'What came of reports'], '/services': ['บริการของอำเภอ', 'Services of the district'], '/queue': ['คิวของวัน', 'The queue today'],
}

const draft_call = {
  fiscal_year: 2027, title_th: 'ร่างประกาศ', title_en: 'A draft', guidance_th: '', guidance_en: '', opens_at: '2026-10-01T01:30:00.000Z', deadline_at: '2099-03-12T09:30:00.000Z',
  invited: ['70'], volunteers_allowed: true, requirements: [{ key: 'form', label_th: 'ใบสมัคร', label_en: 'Form', required: true, kind: 'file' }],
}

let program, browser
before(async () => { [program, browser] = await Promise.all([start_program(), start_browser()]) })
after(async () => { await browser?.close(); await program?.stop() })

const with_lang = (path, lang) => `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`
const bare = path => path.split('?')[0]

/** What every page is held to, in the window as it is now. */
async function faults_now(page, where) {
  const faults = [...await axe(page), ...page.wrong()]
  const wide = await sideways(page)
  if (wide) faults.push(wide)
  return faults.map(fault => `${where}: ${fault}`)
}

/** A page in one language, on a phone and at a desk. */
async function faults_of(page, path, lang) {
  const faults = []
  await page.setViewportSize(phone)
  await page.goto(with_lang(path, lang))
  await settled(page)
  if (await page.evaluate(() => document.documentElement.lang) !== lang) faults.push(`${path} ${lang}: html has another lang`)
  for (const [name, size] of [['phone', phone], ['desk', desk]]) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise(requestAnimationFrame))
    await picture(page, `${path} ${lang} ${name}`)
    faults.push(...await faults_now(page, `${path} ${lang} ${name}`))
  }
  return faults
}

describe('public pages', () => {
  for (const path of public_pages)
    test(`${path} is accessible, clean and as wide as its window, in both languages`, async () => {
      const context = await new_visitor(browser, program.url)
      const page = await watched_page(context)
      const faults = []
      for (const [i, lang] of ['th', 'en'].entries()) {
        faults.push(...await faults_of(page, path, lang))
        const title = await page.title()
        if (!title.includes(titles[bare(path)][i])) faults.push(`${path} ${lang}: the title is "${title}"`)
      }
      await context.close()
      assert.deepEqual(faults, [])
    })

  test('a language that was chosen is kept on the next page', async () => {
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    await page.goto('/?lang=en')
    await page.goto('/ledger.html')
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
    assert.match(await page.locator('h1').innerText(), /Verify the ledger/)
    page.assert_clean()
    await context.close()
  })

  test('an address that does not exist is a page that says so', async () => {
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    page.expect(404, /nowhere|favicon/)
    const answer = await page.goto('/nowhere.html')
    assert.equal(answer.status(), 404)
    assert.equal(await page.locator('h1').innerText(), 'ไม่พบหน้านี้')
    assert.equal(await page.locator('main a[href="/"]').count(), 1)
    page.assert_clean()
    await context.close()
  })
})

describe('without scripts', () => {
  // [path, something it says, an address of data it links]
  for (const [path, says, data] of [
    ['/', 'โครงการพัฒนาจังหวัดที่มีผลสัมฤทธิ์สูง', /^\/api\/v1\/(programme|scoreboard)/], ['/programme.html', 'ราชบุรี', /^\/api\/v1\/programme/],
    ['/scoreboard.html', 'คำนวณซ้ำด้วยตนเอง', /^\/api\/v1\/scoreboard\/dump/], ['/province.html', 'แม่ฮ่องสอน', /^\/api\/v1\/(provinces|scoreboard)/],
    ['/obligations.html', 'หน้าที่ที่ต้องแจ้ง', /^\/api\/v1\/obligation_figures/], ['/provinces/70', 'ราชบุรี', /^\/api\/v1\/(provinces|scoreboard)/], ['/ledger.html', 'หัวบัญชี', /^\/api\/v1\/ledger\/head/],
    ['/services', 'บริการของอำเภอ', /^\/api\/v1\/service_centre\/services$/],
  ])
    test(`${path} still says what it is about and links its data, and every such link answers`, async () => {
      const context = await new_visitor(browser, program.url, { javaScriptEnabled: false, viewport: phone })
      const page = await context.newPage()
      await page.goto(path)
      assert.ok((await page.locator('main').innerText()).includes(says), `${path} does not say ${says}`)
      const hrefs = await page.locator('main a[href^="/api/"]:visible').evaluateAll(links => links.map(link => link.getAttribute('href')))
      assert.ok(hrefs.some(href => data.test(href)), `${path} links no data: ${hrefs}`)
      for (const href of new Set(hrefs)) assert.equal((await fetch(program.url + href)).status, 200, `${href} on ${path}`)
      await picture(page, `no script ${path}`)
      await context.close()
    })

  test('the application says that it needs scripts and where the open data are', async () => {
    const context = await new_visitor(browser, program.url, { javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto('/app/')
    assert.match(await page.locator('noscript').innerText(), /สคริปต์/)
    await context.close()
  })
})

// ---- the officers' application: the router's own list of pages, so that a new page is held to the same from its first day

const patterns = /const paths = \[([^\]]*)\]/.exec(readFileSync(join(root, 'web/src/app/router.tsx'), 'utf8'))[1].match(/'[^']+'/g).map(quoted => quoted.slice(1, -1))

describe('pages of the application', () => {
  let samples // an address for each name of a parameter
  before(async () => {
    const opdc = await api_of(program.url, 'opdc')
    const [calls, applications, kpis, projects, changes] = await Promise.all(['/calls', '/applications', '/kpis?province=70', '/projects?province=70', '/changes?province=70'].map(async path => (await opdc('GET', path)).body.items))
    const draft = await opdc('POST', '/calls', draft_call)
    assert.equal(draft.status, 201, JSON.stringify(draft.body))
    const office = await api_of(program.url, 'office.70')
    const [running, assignments, matters, obligations, orders, cases] = await Promise.all(['/meetings/running', '/assignments', '/matters', '/obligations', '/delegation-orders', '/cases'].map(async path => (await office('GET', path)).body.items))
    const need = await need_of(await api_of(program.url, 'district.7001'))
    const admin = await api_of(program.url, 'admin')
    const [offices, persons] = await Promise.all(['/offices?area=70', '/persons?search=governor'].map(async path => (await admin('GET', path)).body.items))
    samples = { meeting_id: [running[0].meeting.meeting_id], assignment_id: [assignments[0].assignment_id], matter_id: [matters[0].matter.matter_id], code: ['provincial_committee.70'],
      office_id: [offices[0].office_id], person_id: [persons[0].person_id], call_id: [calls[0].call_id], application_id: [applications.find(each => each.province === '70').application_id], kpi_id: [kpis[0].kpi_id], project_id: [projects[0].project_id], change_id: [changes[0].change_id],
      obligation_id: [obligations[0].obligation_id], order_id: [orders[0].order_id], case_id: [cases[0].case_id], need_id: [need.need_id], draft_call_id: [draft.body.call_id] }
  })

  // Five cases of one kind in one place, and the need that their district proposes of them.
  async function need_of(district) {
    const [kind, area] = ['pollution', '700105']
    for (let n = 0; n < 5; n++) {
      const taken = await district('POST', '/cases', { kind: 'complaint', category: kind, channel: 'walk_in', importance: 'ordinary', title: 'น้ำเสียลงคลอง', detail: 'กลิ่นเหม็น', place: { area, given: 'typed' }, reporters: [{ type: 'anonymous' }] })
      assert.equal(taken.status, 201, JSON.stringify(taken.body))
    }
    const recurring = (await district('GET', '/service_centre/recurring?area=7001')).body.items.find(each => each.category === kind && each.area === area)
    const need = await district('POST', '/service_centre/needs', { area, category: kind, title: 'ระบบบำบัดน้ำเสีย', cases: recurring.items.map(each => each.case_id) })
    assert.equal(need.status, 201, JSON.stringify(need.body))
    return need.body
  }

  function address(pattern) {
    return '/app' + pattern.replace(/\$(\w+)/g, (_, name) => {
      const [value] = (pattern === '/calls/$call_id/edit' ? samples.draft_call_id : samples[name]) ?? []
      assert.ok(value, `this test knows no example of ${name} in ${pattern}`)
      return value
    })
  }

  // A draft of a call is nobody's but the office's that writes it; urgent matters are their province's.
  const hidden = { 'office.70': ['/calls/$call_id/edit'], opdc: ['/matters/$matter_id'] }
  const may_not_see = (username, pattern) => hidden[username]?.includes(pattern) ?? false

  // An administrator's pages as one who may change everything on them sees them.
  for (const [username, own] of [['opdc', /^/], ['office.70', /^/], ['admin', /^\/(offices|persons)/]])
    test(`are accessible, clean and as wide as the window for ${username}, in both languages`, async t => {
      const context = await new_visitor(browser, program.url)
      const page = await watched_page(context)
      await sign_in(page, username)
      for (const pattern of patterns.filter(each => each !== '/sign-in' && own.test(each)))
        await t.test(pattern, async () => {
          const refused = may_not_see(username, pattern)
          if (refused) for (const status of [403, 404]) page.expect(status, /\/api\/v1\/(calls|matters)\//)
          const faults = []
          for (const lang of ['th', 'en']) {
            faults.push(...await faults_of(page, address(pattern), lang))
            const [title, says] = [await page.title(), await page.locator(refused ? '[role=alert]' : 'h1').first().innerText()]
            if (!title.trim()) faults.push(`${pattern} ${lang}: no title`)
            if (!says.trim()) faults.push(`${pattern} ${lang}: ${refused ? 'no reason why it is not shown' : 'no heading'}`)
          }
          assert.deepEqual(faults, [])
        })
      await context.close()
    })

  test('the sign-in page is held to the same, also when it refuses', async () => {
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    const faults = []
    for (const lang of ['th', 'en']) faults.push(...await faults_of(page, '/app/sign-in', lang))
    await page.locator('#field-username').fill('opdc')
    await page.locator('#field-password').fill('not the password')
    await page.locator('form button[type=submit]').click()
    await page.getByRole('alert').waitFor()
    faults.push(...await faults_now(page, 'refused'))
    await context.close()
    assert.deepEqual(faults, [])
  })

  test('somebody who is not signed in is asked to, and gets to the page that was wanted', async () => {
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    await page.goto('/app/kpis')
    await page.waitForURL(/sign-in\?return=%2Fapp%2Fkpis/)
    await sign_in(page, 'office.70', '/app/kpis')
    assert.equal(new URL(page.url()).pathname, '/app/kpis')
    page.assert_clean()
    await context.close()
  })
})

describe('by keyboard', () => {
  /** Presses Tab until `reached` says so; what was passed, and which of it could not be seen to have the focus. */
  async function tab_to(page, reached, most = 60) {
    const unseen = []
    for (let i = 0; i < most; i++) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(() => {
        const element = document.activeElement
        const style = getComputedStyle(element)
        const box = element.getBoundingClientRect()
        const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        return { what: `${element.tagName.toLowerCase()}#${element.id} ${element.textContent.trim().slice(0, 40)}`, href: element.getAttribute('href'), text: element.textContent.trim(), seen: element === document.body || (outlined || style.boxShadow !== 'none') && box.width > 0 && box.bottom > 0 && box.top < innerHeight }
      })
      if (!at.seen) unseen.push(at.what)
      if (reached(at)) return { steps: i + 1, unseen }
    }
    assert.fail(`not reached in ${most} steps on ${page.url()}`)
  }

  for (const [path, href] of [['/', '/programme.html'], ['/scoreboard.html', `/api/v1/scoreboard/dump?fiscal_year=${board_year}&format=json`], ['/programme.html', '/provinces/70'], ['/ledger.html', '/api/v1/ledger/head']])
    test(`${path}: the first stop skips to the content, and ${href} is reached with the focus always to be seen`, async () => {
      const context = await new_visitor(browser, program.url)
      const page = await watched_page(context)
      await page.goto(path)
      await settled(page)
      const skip = await tab_to(page, at => at.href === '#main', 1)
      assert.deepEqual(skip.unseen, [])
      await page.keyboard.press('Enter')
      assert.equal(await page.evaluate(() => document.activeElement.id), 'main')
      const { unseen } = path === '/ledger.html' ? await tab_to(page, at => at.text !== '', 5) : await tab_to(page, at => at.href === href, 140)
      assert.deepEqual(unseen, [])
      page.assert_clean()
      await context.close()
    })

  test('the way to a new call can be gone without a mouse', async () => {
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    await sign_in(page, 'opdc', '/app/calls')
    const skip = await tab_to(page, at => at.href === '#main', 1)
    assert.deepEqual(skip.unseen, [])
    await page.keyboard.press('Enter')
    const { unseen } = await tab_to(page, at => at.href === '/app/calls/new', 5)
    assert.deepEqual(unseen, [])
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/calls\/new$/)
    await settled(page)
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main', 'after a change of page the focus is on its content')
    page.assert_clean()
    await context.close()
  })

  test('a dialog keeps the focus inside, and gives it back when Escape closes it', async () => {
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    const opdc = await api_of(program.url, 'opdc')
    const { body } = await opdc('POST', '/calls', { ...draft_call, title_th: 'ร่างที่จะเปิด' })
    await sign_in(page, 'opdc', `/app/calls/${body.call_id}`)
    const opener = page.locator('.acts .button.main')
    await opener.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('Tab')
      assert.ok(await dialog.evaluate(element => element.contains(document.activeElement)), `Tab ${i + 1} leaves the dialog`)
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement?.matches('.acts .button.main'), undefined, { timeout: 3000 })
    page.assert_clean()
    await context.close()
  })
})

describe('what is said beside figures', () => {
  test('who is missing from one ranking only is told so there, with the rank in the other', async () => {
    const board = await get(program.url, `/scoreboard?fiscal_year=2022`)
    const odd = board.provinces.filter(row => row.level_rank !== null && row.improvement_rank === null)
    assert.ok(odd.length > 0, 'the demonstration has such a province')
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    await page.goto('/scoreboard.html?fiscal_year=2022&lang=en')
    await settled(page)
    for (const row of odd) {
      const places = page.locator(`#unranked details[data-province="${row.province}"]`)
      assert.equal(await places.count(), 1, 'it is listed for the ranking that it is not in, and only there')
      const text = await places.locator('summary').innerText()
      assert.ok(text.includes(`rank ${row.level_rank} by level`), text)
    }
    page.assert_clean()
    await context.close()
  })

  test('an invented meeting is marked in the course of the programme', async () => {
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    await page.goto('/programme.html?lang=en')
    await settled(page)
    const meeting = page.locator('summary', { hasText: '2/2564' })
    assert.ok((await meeting.innerText()).includes('Demonstration data'))
    for (const number of ['2/2563', '1/2564'])
      assert.equal(await page.locator('summary', { hasText: number }).locator('.mark.gold').count(), 0, `${number} was held`)
    page.assert_clean()
    await context.close()
  })
})

describe('on paper', () => {
  const folder = folder_of('print')
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** The words on paper without the spaces between them, because where a line breaks is the paper's business. */
  async function printed(page, name) {
    const file = join(folder, `${name}.pdf`)
    await page.pdf({ path: file, format: 'A4', tagged: true })
    return without_spaces((await run('pdftotext', ['-raw', file, '-'])).stdout)
  }
  const without_spaces = text => text.replace(/\s+/g, '')

  test('the scoreboard prints every province, ranked or not, and no menu', async () => {
    const board = await get(program.url, `/scoreboard?fiscal_year=${board_year}`)
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    await page.goto('/scoreboard.html?lang=en')
    await settled(page)
    const text = await printed(page, 'scoreboard')
    const absent = board.provinces.map(row => row.name_en).filter(name => !text.includes(without_spaces(name)))
    assert.deepEqual(absent, [], 'provinces that are on the screen but not on paper')
    assert.ok(board.provinces.some(row => !row.ranked), 'the demonstration has provinces that are not ranked')
    assert.ok(!text.includes('Signin'), 'the menu is printed')
    page.assert_clean()
    await context.close()
  })

  test('a province prints every KPI with its latest value and its target', async () => {
    const { items } = await get(program.url, '/kpis?province=70')
    assert.ok(items.length > 3)
    const context = await new_visitor(browser, program.url)
    const page = await watched_page(context)
    await page.goto('/provinces/70?lang=en')
    await settled(page)
    const cards = await page.locator('.kpi').evaluateAll(kpis => kpis.map(kpi => [kpi.querySelector('header :is(h3, h4)').innerText, kpi.querySelector('.chart ~ p').innerText]).flat())
    assert.equal(cards.length, 2 * items.length)
    const text = await printed(page, 'province')
    assert.deepEqual(cards.filter(words => !text.includes(without_spaces(words))), [], 'what is on the screen but not on paper')
    page.assert_clean()
    await context.close()
  })
})
