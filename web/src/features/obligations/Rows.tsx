import { useState, type ReactNode } from 'react'
import type { Obligation } from '../../api/shapes.ts'
import { Link, match, type Place } from '../../app/router.tsx'
import { own_provinces, useMe } from '../../app/session.ts'
import { useWords } from '../../app/words.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { ObligationDialog, type AskedAct } from './ObligationDialog.tsx'
import { Clock, StandingMark, Unverified } from './Standing.tsx'

/** To the record an obligation belongs to, where this application has a page for it. */
export function SubjectLink({ obligation, children }: { obligation: Obligation; children: ReactNode }) {
  const place = match(`/${obligation.link}`)
  return place ? <Link {...({ to: place.pattern, params: place.params } as Place)}>{children}</Link> : <>{children}</>
}

const next_act = (obligation: Obligation): AskedAct | null => (obligation.state === 'owed' ? 'serve' : obligation.state === 'served' ? 'prove' : null)

/** One line each: what, to whom, until when, and the next thing to do for who may do it. */
export function ObligationRows({ obligations, with_subject = false, with_province = false }: { obligations: Obligation[]; with_subject?: boolean; with_province?: boolean }) {
  const { t, pick } = useWords()
  const own = own_provinces(useMe())
  const provinces = useProvinces()
  const [asked, set_asked] = useState<{ act: AskedAct; obligation: Obligation } | null>(null)
  return (
    <>
      <ul className="rows">
        {obligations.map(obligation => {
          const { obligation_id, duty, province } = obligation
          const act = own.includes(province) ? next_act(obligation) : null
          const name = pick(duty.text_th, duty.text_en)
          return (
            <li key={obligation_id}>
              <span className="grow">
                <Link to="/obligations/$obligation_id" params={{ obligation_id }}>{name}</Link><br />
                <span className="small">{t('obligation.to', { who: pick(duty.addressee_th, duty.addressee_en) })} · {with_province ? `${provinces.name(province)} · ` : ''}{pick(obligation.office_th, obligation.office_en)}</span>
                {with_subject && <><br /><span className="small soft">{t('obligation.about')} <SubjectLink obligation={obligation}><span lang="th">{pick(obligation.title_th, obligation.title_en)}</span></SubjectLink></span></>}
              </span>
              <span className="row-end">
                <span><StandingMark obligation={obligation} /> <Unverified obligation={obligation} />{obligation.demonstration && <> <span className="mark gold">{t('obligation.demonstration')}</span></>}</span>
                <span className="small"><Clock obligation={obligation} /></span>
                {act && <button type="button" className="button no-print" onClick={() => set_asked({ act, obligation })}>{t(`obligation.${act}`)}<span className="hidden-visually"> {name}</span></button>}
              </span>
            </li>
          )
        })}
      </ul>
      {asked && <ObligationDialog act={asked.act} obligation={asked.obligation} on_close={() => set_asked(null)} />}
    </>
  )
}
