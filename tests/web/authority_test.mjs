// "Who may sign this?" and the powers of an office, as officers meet them: on a phone and at a desk, in both languages.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { axe, desk, new_visitor, phone, picture, settled, sideways, sign_in, start_browser, start_program, watched_page, words } from './support.mjs'

let program, browser
before(async () => { [program, browser] = await Promise.all([start_program(), start_browser()]) })
after(async () => { await browser?.close(); await program?.stop() })

async function held_to_all(page, name) {
  for (const [size_name, size] of [['phone', phone], ['desk', desk]]) {
    await page.setViewportSize(size)
    await page.evaluate(() => new Promise(requestAnimationFrame))
    await picture(page, `${name} ${size_name}`)
    assert.deepEqual([await axe(page), await sideways(page)], [[], null], `${name} ${size_name}`)
  }
}

/** Asks about the leftover money of equipment in the officer's own province, and waits for the answer. */
async function ask_about_leftover_money(page, baht, lang) {
  await page.locator('#who-act').selectOption('leftover.use')
  await page.locator('#field-amount').fill(baht)
  if (!(await page.locator('form details').evaluate(element => element.open))) await page.locator('form summary').click()
  await page.locator('#field-kind').selectOption('equipment')
  await page.locator('[id="field-facts-crosses_fiscal_year"]').selectOption('false')
  await page.getByRole('button', { name: words('authority.ask', {}, lang) }).click()
  await page.locator('#who-may-title').waitFor()
  await settled(page)
}

for (const lang of ['th', 'en'])
  describe(`who may sign, ${lang}`, () => {
    test('the governor sees that the own signature suffices below a threshold and whose is needed above', async () => {
      const context = await new_visitor(browser, program.url)
      const page = await watched_page(context)
      await sign_in(page, 'governor.70')
      await page.goto(`/app/who-may-sign?lang=${lang}`)
      await settled(page)
      await ask_about_leftover_money(page, '999,999.99', lang)
      const answer = page.locator('section', { has: page.locator('#who-may-title') })
      await answer.getByText(words('authority.you_may', {}, lang)).waitFor()
      assert.match(await answer.innerText(), new RegExp(words('authority.unverified', {}, lang)))
      assert.match(await answer.innerText(), lang === 'th' ? /ภายใน 15 วัน/ : /within 15 days/)
      await held_to_all(page, `who may ${lang}`)

      await ask_about_leftover_money(page, '1,000,000', lang)
      await answer.getByText(words('authority.you_may_not', {}, lang)).waitFor()
      assert.match(await answer.innerText(), lang === 'th' ? /ผู้อำนวยการสำนักงบประมาณ/ : /Director of the Budget Bureau/)
      assert.match(await answer.innerText(), lang === 'th' ? /วงเงินต้องไม่เกิน 999,999.99 บาท/ : /must be 999,999.99 baht or less/)
      await held_to_all(page, `who may not ${lang}`)
      page.assert_clean()
      await context.close()
    })

    test('an office shows what it may do, why, and that nothing ends soon', async () => {
      const context = await new_visitor(browser, program.url)
      const page = await watched_page(context)
      await sign_in(page, 'governor.70')
      await page.goto(`/app/who-may-sign?lang=${lang}`)
      await settled(page)
      await ask_about_leftover_money(page, '100', lang)
      await page.locator('article h3 a').first().click()
      await page.getByText(words('authority.loses_nothing', {}, lang)).waitFor()
      await settled(page)
      const text = await page.locator('#main').innerText()
      assert.match(text, lang === 'th' ? /ดำเนินการจัดซื้อจัดจ้าง/ : /Carry out a procurement/)
      assert.match(text, new RegExp(words('authority.may_grant', {}, lang)))
      await held_to_all(page, `office powers ${lang}`)
      page.assert_clean()
      await context.close()
    })
  })
