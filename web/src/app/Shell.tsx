import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Icon, Wordmark } from '../components/Icon.tsx'
import type { Me } from '../api/shapes.ts'
import type { IconName } from '../lib/icons.ts'
import { Link } from './router.tsx'
import { useFollowing } from './live.ts'
import { has_role, useMe, useSignOut } from './session.ts'
import { useWords, type Key } from './words.tsx'

interface Destination { to: '/' | '/calls' | '/applications' | '/projects' | '/cases' | '/kpis' | '/meetings' | '/obligations' | '/who-may-sign' | '/delegations' | '/ledger' | '/offices' | '/persons'; icon: IconName; label: Key; of?: (me: Me) => boolean }

/** Applications are read by those who write, check or audit them; for anybody else the page would be empty. */
const places: Destination[] = [
  { to: '/', icon: 'home', label: 'nav.desk' },
  { to: '/calls', icon: 'inbox', label: 'nav.calls' },
  { to: '/applications', icon: 'plan', label: 'nav.applications', of: me => has_role(me, 'opdc', 'moi', 'governor', 'provincial_office', 'committee_member', 'auditor') },
  { to: '/projects', icon: 'map', label: 'nav.projects', of: me => has_role(me, 'moi', 'opdc', 'governor', 'provincial_office', 'auditor') },
  { to: '/cases', icon: 'need', label: 'nav.cases', of: me => me.offices.some(office => office.role !== 'citizen') },
  { to: '/kpis', icon: 'result', label: 'nav.kpis' },
  { to: '/meetings', icon: 'seal', label: 'nav.meetings' },
  { to: '/obligations', icon: 'clock', label: 'nav.obligations', of: me => has_role(me, 'moi', 'opdc', 'governor', 'provincial_office', 'auditor') },
  { to: '/who-may-sign', icon: 'power', label: 'nav.who_may', of: me => me.offices.some(office => office.role !== 'citizen') },
  { to: '/delegations', icon: 'file', label: 'nav.delegations', of: me => has_role(me, 'moi', 'opdc', 'auditor', 'governor', 'provincial_office', 'provincial_agency', 'central_agency', 'state_enterprise', 'local_government') },
  { to: '/ledger', icon: 'lock', label: 'nav.ledger', of: me => has_role(me, 'auditor', 'opdc', 'moi', 'administrator') },
  { to: '/offices', icon: 'office', label: 'nav.offices', of: me => has_role(me, 'administrator', 'governor', 'provincial_office') },
  { to: '/persons', icon: 'people', label: 'nav.persons', of: me => has_role(me, 'administrator') },
]

export function Shell({ path, children }: { path: string; children: ReactNode }) {
  const { t } = useWords()
  const me = useMe()
  useFollowing()
  return (
    <>
      <a className="skip" href="#main">{t('skip')}</a>
      <header className="bar no-print">
        <Link to="/" className="brand"><Wordmark /><b>{t('brand')}</b></Link>
        <Account />
      </header>
      <div className="frame">
        {me && !me.one_time_password && <Menu key={path} me={me} />}
        <Content path={path}>{children}</Content>
      </div>
    </>
  )
}

/** Open beside the page on a desk; on a phone it opens at a touch, and closes with the change of page, which makes it anew. */
function Menu({ me }: { me: Me }) {
  const { t } = useWords()
  const [open, set_open] = useState(false)
  return (
    <nav className="places no-print" aria-label={t('nav.label')} onKeyDown={event => { if (event.key === 'Escape') set_open(false) }}>
      <button type="button" aria-expanded={open} aria-controls="places" onClick={() => { set_open(!open) }}><Icon name="menu" />{t('nav.label')}</button>
      <ul id="places" className={open ? '' : 'folded'}>
        {places.filter(place => !place.of || place.of(me)).map(({ to, icon, label }) => <li key={to}><Link to={to}><Icon name={icon} />{t(label)}</Link></li>)}
      </ul>
    </nav>
  )
}

/** After a change of page the focus moves to its content, as it would after loading a page. */
function Content({ path, children }: { path: string; children: ReactNode }) {
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    if (first.current) first.current = false
    else main.current?.focus({ preventScroll: true })
  }, [path])
  return (
    <main id="main" tabIndex={-1} ref={main} className="page">
      {children}
    </main>
  )
}

function Account() {
  const { t, lang, pick } = useWords()
  const me = useMe()
  const sign_out = useSignOut()
  if (!me) return null
  const [office] = me.offices
  return (
    <details className="account">
      <summary>
        <Icon name="people" />
        <span><b>{pick(me.name_th, me.name_en)}</b>{office && <small>{pick(office.title_th, office.title_en)}{office.acting && ` (${t('office.acting')})`}</small>}</span>
      </summary>
      <div className="account-panel">
        {me.offices.length > 1 && <ul>{me.offices.map(each => <li key={each.office_id}>{pick(each.title_th, each.title_en)}{each.acting && ` (${t('office.acting')})`}</li>)}</ul>}
        <a href={lang === 'th' ? '?lang=en' : '?lang=th'} lang={lang === 'th' ? 'en' : 'th'} hrefLang={lang === 'th' ? 'en' : 'th'}>{lang === 'th' ? 'English' : 'ไทย'}</a>
        <Link to="/me">{t('nav.me')}</Link>
        <a href="/">{t('nav.public')}</a>
        <button type="button" className="button" onClick={() => void sign_out()}><Icon name="out" />{t('sign_out')}</button>
      </div>
    </details>
  )
}
