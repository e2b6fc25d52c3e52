import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { api, take } from '../../api/client.ts'
import type { CaseApplication, ServiceSummary } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { Said, useDoing } from '../../components/doing.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { focus_field } from '../../components/problems.tsx'
import { papers_asked } from './application.ts'
import { ComboField } from './ComboField.tsx'
import { service_query, services_query } from './queries.ts'
import { useDuration, useFee } from './service_words.ts'

const shown_max = 8
const pointer = '/services'

/** Services by words of their names, several before one is sent; says beforehand how many papers they ask for, each once. */
export function ServicePicker({ of, on_changed }: { of: CaseApplication; on_changed: (answer: CaseApplication) => void }) {
  const { t } = useWords()
  const [open] = useState(of.services.length === 0)
  return (
    <details className="more-fields picker" open={open}>
      <summary><Icon name="plus" className="inline" /> {t('case_application.add')}</summary>
      <Picker of={of} on_changed={on_changed} />
    </details>
  )
}

function Picker({ of, on_changed }: { of: CaseApplication; on_changed: (answer: CaseApplication) => void }) {
  const { t, pick } = useWords()
  const duration = useDuration()
  const fee = useFee()
  const [typed, set_typed] = useState<string | null>(null)
  const [group, set_group] = useState('')
  const [chosen, set_chosen] = useState<ServiceSummary[]>([])
  const doing = useDoing()
  const words = (typed ?? '').trim()
  const q = useDeferredValue(words)
  const found = useQuery({ ...services_query(q, group), placeholderData: keepPreviousData })
  const details = useQueries({ queries: chosen.map(one => service_query(one.service)) })
  const known = details.flatMap(each => each.data ?? [])
  const asked = papers_asked(of.papers, known)
  const taken = new Set<string>([...of.services, ...chosen].map(one => one.service))
  // An answer to fewer words than are typed by now offers nothing: Enter would take what was not meant.
  const current = typed !== null && q === words && !found.isPlaceholderData
  const fits = current ? (found.data?.items ?? []).filter(one => !taken.has(one.service)) : []
  const name = (one: { name_th: string; name_en: string }) => pick(one.name_th, one.name_en)
  const any = 'any'
  const apply = () => doing.run(async () => {
    const services = chosen.map(one => one.service)
    on_changed(await take(api.POST('/api/v1/cases/{case_id}/services', { params: { path: { case_id: of.case_id } }, headers: { 'If-Match': `"${of.version}"` }, body: { services } })))
    set_chosen([])
    focus_field(pointer)
  })
  return (
    <Said doing={doing}>
      <div className="stack">
        <div className="pair">
          <ComboField pointer={pointer} label={t('case_application.find')} hint={t('case_application.find_hint')} typed={typed} on_typed={set_typed}
            options={fits.slice(0, shown_max).map(one => ({ key: one.service, row: one, label: <>{name(one)} <span className="small soft">{duration(one.duration)} · {fee(one.fee.kind, one.fee.satang)}</span></> }))}
            on_take={one => set_chosen(now => [...now, one])} />
          <ChoiceField pointer="/group" label={t('case_application.group')} value={group || any} on_change={value => set_group(value === any ? '' : value)}
            options={[{ value: any, label: t('case_application.all_groups') }, ...(found.data?.groups ?? []).map(row => ({ value: row.group as string, label: name(row) }))]} />
        </div>
        <p className="small soft" role="status">
          {current && words !== '' && fits.length === 0 && t('case_application.none_found')}
          {current && fits.length > shown_max && t('case_application.more_found', { n: fits.length - shown_max })}
        </p>
        {found.error && <p className="error">{t('error.unreachable')}</p>}
        {chosen.length > 0 && (
          <>
            <ul className="plain-list bare chosen" aria-label={t('case_application.chosen')}>
              {chosen.map(one => (
                <li key={one.service}>
                  <span><b>{name(one)}</b> <span className="small soft">{duration(one.duration)} · {fee(one.fee.kind, one.fee.satang)}</span></span>
                  <button type="button" className="button quiet small-button" onClick={() => { set_chosen(now => now.filter(each => each !== one)); focus_field(pointer) }}>{t('case_application.unchoose')}<span className="hidden-visually"> {name(one)}</span></button>
                </li>
              ))}
            </ul>
            {known.length === chosen.length && (
              <p className="notice plain" role="status"><Icon name="file" /><span>
                <b>{t('case_application.will_ask', { n: asked.required + asked.sometimes })}</b> {t('case_application.will_ask_of', { required: asked.required, sometimes: asked.sometimes })}
                {asked.unread > 0 && <> {t('case_application.will_ask_unread', { n: asked.unread })}</>}
              </span></p>
            )}
            <div className="buttons"><button type="button" className="button main" disabled={doing.busy} onClick={() => void apply()}>{doing.busy ? t('waiting') : t('case_application.apply', { n: chosen.length })}</button></div>
          </>
        )}
      </div>
    </Said>
  )
}
