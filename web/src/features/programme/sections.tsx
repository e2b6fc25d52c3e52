import { useState, type ReactNode } from 'react'
import type { Unlock, WorkingGroup } from '../../api/shapes.ts'
import { useWords } from '../../app/words.tsx'
import { ChoiceField, DecimalField, FieldGroup, TextField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { field_id } from '../../components/problems.tsx'
import { fiscal_year_label } from '../../lib/dates.ts'
import { format_decimal } from '../../lib/numbers.ts'
import { weights_sum_to_100 } from '../../lib/completeness.ts'
import type { Json } from '../../lib/merge.ts'
import { agendas_max, baseline_years, kpis_max, new_kpi, target_years, with_year_value, type Editing } from './editing.ts'
import { StretchNote } from './StretchNote.tsx'

const groups: WorkingGroup[] = ['economy', 'society_security', 'environment']
const unlock_kinds: Unlock['kind'][] = ['law', 'money', 'people', 'power']

export function SummarySection({ proposal, set, read_only }: Editing) {
  const { t } = useWords()
  return <TextField pointer="/summary_th" label={t('summary.label')} hint={t('summary.hint')} rows={10} max={4000} lang="th" read_only={read_only} value={proposal.summary_th} on_change={value => set('/summary_th', value)} />
}

export function RisksSection({ proposal, set, read_only }: Editing) {
  const { t } = useWords()
  return <TextField pointer="/risks_th" label={t('risks.label')} hint={t('risks.hint')} rows={8} max={4000} lang="th" read_only={read_only} value={proposal.risks_th} on_change={value => set('/risks_th', value)} />
}

/**
 * A list of things that can be added and removed; each says its number, so that two of them never sound alike. What is said
 * of the list as a whole ("at least one is needed") leads to the button that adds one.
 */
function Items<Item>({ pointer, list, max, title, add, read_only, on_add, on_remove, children }: {
  pointer: string; list: Item[]; max: number; title: (at: number) => string; add: string; read_only: boolean
  on_add: () => void; on_remove: (at: number) => void; children: (item: Item, at: number) => ReactNode
}) {
  const { t } = useWords()
  return (
    <div className="stack">
      {list.map((item, at) => (
        <fieldset className="item" key={at}>
          <legend>{title(at)}</legend>
          <div className="stack">{children(item, at)}</div>
          {!read_only && <p className="item-end"><button type="button" className="button quiet" onClick={() => on_remove(at)}><Icon name="bin" />{t('remove')}<span className="hidden-visually"> {title(at)}</span></button></p>}
        </fieldset>
      ))}
      {!read_only && list.length < max && <p><button type="button" id={field_id(pointer)} className="button" onClick={on_add}><Icon name="plus" />{add}</button></p>}
      {list.length >= max && <p className="soft small">{t('items.full', { n: max })}</p>}
    </div>
  )
}

export function AgendasSection({ proposal, set, remove: take_out, read_only }: Editing) {
  const { t } = useWords()
  const { agendas, kpis } = proposal
  const remove = (gone: number) => {
    // KPIs refer to agendas by position: those behind the removed one move up, those of the removed one have to be placed anew.
    take_out(t('place.agenda', { n: gone + 1 }), '', {
      ...proposal,
      agendas: agendas.filter((_, at) => at !== gone),
      kpis: kpis.map(kpi => ({ ...kpi, agenda: kpi.agenda === null || kpi.agenda === gone ? null : kpi.agenda > gone ? kpi.agenda - 1 : kpi.agenda })),
    } as unknown as Json)
  }
  return (
    <Items pointer="/agendas" list={agendas} max={agendas_max} read_only={read_only} title={at => t('place.agenda', { n: at + 1 })} add={t('agenda.add')} on_remove={remove}
      on_add={() => set('/agendas', [...agendas, { title_th: '', working_group: null, why_th: '' }] as unknown as Json)}>
      {(agenda, at) => (
        <>
          <TextField pointer={`/agendas/${at}/title_th`} label={t('agenda.title')} max={300} lang="th" read_only={read_only} value={agenda.title_th} on_change={value => set(`/agendas/${at}/title_th`, value)} />
          <ChoiceField pointer={`/agendas/${at}/working_group`} label={t('agenda.group')} read_only={read_only} value={agenda.working_group ?? ''} on_change={value => set(`/agendas/${at}/working_group`, value)}
            options={groups.map(value => ({ value, label: t(`group.${value}`) }))} />
          <TextField pointer={`/agendas/${at}/why_th`} label={t('agenda.why')} hint={t('agenda.why_hint')} rows={4} max={4000} lang="th" read_only={read_only} value={agenda.why_th} on_change={value => set(`/agendas/${at}/why_th`, value)} />
        </>
      )}
    </Items>
  )
}

export function BenefitsSection({ proposal, set, remove, read_only }: Editing) {
  const { t } = useWords()
  const { benefits } = proposal
  return (
    <Items pointer="/benefits" list={benefits} max={10} read_only={read_only} title={at => t('place.benefit', { n: at + 1 })} add={t('benefit.add')}
      on_remove={gone => remove(t('place.benefit', { n: gone + 1 }), '/benefits', benefits.filter((_, at) => at !== gone) as unknown as Json)}
      on_add={() => set('/benefits', [...benefits, { number: '', unit_th: '', sentence_th: '', sentence_en: '' }] as unknown as Json)}>
      {(benefit, at) => (
        <>
          <div className="pair">
            <DecimalField pointer={`/benefits/${at}/number`} label={t('benefit.number')} read_only={read_only} value={benefit.number} on_change={value => set(`/benefits/${at}/number`, value)} />
            <TextField pointer={`/benefits/${at}/unit_th`} label={t('kpi.unit_th')} max={100} lang="th" read_only={read_only} value={benefit.unit_th} on_change={value => set(`/benefits/${at}/unit_th`, value)} />
          </div>
          <TextField pointer={`/benefits/${at}/sentence_th`} label={t('benefit.sentence_th')} hint={t('benefit.hint')} rows={2} max={1000} lang="th" read_only={read_only} value={benefit.sentence_th} on_change={value => set(`/benefits/${at}/sentence_th`, value)} />
          <TextField pointer={`/benefits/${at}/sentence_en`} label={t('benefit.sentence_en')} rows={2} max={1000} lang="en" optional read_only={read_only} value={benefit.sentence_en} on_change={value => set(`/benefits/${at}/sentence_en`, value)} />
        </>
      )}
    </Items>
  )
}

export function UnlocksSection({ proposal, set, remove, read_only }: Editing) {
  const { t } = useWords()
  const { unlocks } = proposal
  return (
    <Items pointer="/unlocks" list={unlocks} max={20} read_only={read_only} title={at => t('place.unlock', { n: at + 1 })} add={t('unlock.add')}
      on_remove={gone => remove(t('place.unlock', { n: gone + 1 }), '/unlocks', unlocks.filter((_, at) => at !== gone) as unknown as Json)}
      on_add={() => set('/unlocks', [...unlocks, { kind: 'power', what_th: '', who_th: '' }] as unknown as Json)}>
      {(unlock, at) => (
        <>
          <ChoiceField pointer={`/unlocks/${at}/kind`} label={t('unlock.kind')} read_only={read_only} value={unlock.kind} on_change={value => set(`/unlocks/${at}/kind`, value)}
            options={unlock_kinds.map(value => ({ value, label: t(`unlock.${value}`) }))} />
          <TextField pointer={`/unlocks/${at}/what_th`} label={t('unlock.what')} rows={3} max={2000} lang="th" read_only={read_only} value={unlock.what_th} on_change={value => set(`/unlocks/${at}/what_th`, value)} />
          <TextField pointer={`/unlocks/${at}/who_th`} label={t('unlock.who')} max={500} lang="th" read_only={read_only} value={unlock.who_th} on_change={value => set(`/unlocks/${at}/who_th`, value)} />
        </>
      )}
    </Items>
  )
}

/** Twenty KPIs of twenty fields each: only the open one is drawn in full, the others are a line. */
export function KpisSection(editing: Editing & { open_kpi: number; set_open_kpi: (at: number) => void }) {
  const { proposal: { kpis }, set, read_only, open_kpi, set_open_kpi } = editing
  const { t } = useWords()
  const [asked, set_asked] = useState<number | null>(null)
  const sum = kpis.reduce((total, kpi) => total + Number(kpi.weight || 0), 0)
  const remove = (gone: number) => {
    editing.remove(kpis[gone]?.name_th || t('place.kpi', { n: gone + 1 }), '/kpis', kpis.filter((_, at) => at !== gone) as unknown as Json)
    set_asked(null)
    set_open_kpi(-1)
  }
  return (
    <div className="stack">
      {kpis.length > 0 && <p className={`weights ${weights_sum_to_100(kpis) ? 'good' : ''}`}><Icon name={weights_sum_to_100(kpis) ? 'check' : 'warning'} />{t('kpi.weights', { sum: format_decimal(sum, 3) })}</p>}
      {kpis.map((kpi, at) => (
        <section className="kpi-item" key={at}>
          <h3>
            <button type="button" aria-expanded={open_kpi === at} onClick={() => set_open_kpi(open_kpi === at ? -1 : at)}>
              <Icon name="right" className={open_kpi === at ? 'turned' : ''} />
              <span><span className="soft small">{kpi.code || t('place.kpi', { n: at + 1 })}</span><br />{kpi.name_th || t('kpi.unnamed')}</span>
              <span className="kpi-weight">{format_decimal(kpi.weight, 3)}%</span>
            </button>
          </h3>
          {open_kpi === at && (
            <div className="kpi-fields stack">
              <KpiFields {...editing} at={at} />
              {!read_only && (asked === at
                ? <p className="notice bad"><span>{t('kpi.remove_sure')}</span> <button type="button" className="button" onClick={() => remove(at)}>{t('remove')}</button> <button type="button" className="button" onClick={() => set_asked(null)}>{t('cancel')}</button></p>
                : <p className="item-end"><button type="button" className="button quiet" onClick={() => set_asked(at)}><Icon name="bin" />{t('kpi.remove')}</button></p>)}
            </div>
          )}
        </section>
      ))}
      {!read_only && kpis.length < kpis_max && (
        <p><button type="button" id={field_id('/kpis')} className="button" onClick={() => { set('/kpis', [...kpis, new_kpi('')] as unknown as Json); set_open_kpi(kpis.length) }}><Icon name="plus" />{t('kpi.add')}</button></p>
      )}
    </div>
  )
}

function KpiFields({ proposal, set, read_only, fiscal_year, stretch, at }: Editing & { at: number }) {
  const { t, lang } = useWords()
  const kpi = proposal.kpis[at]!
  const path = `/kpis/${at}`
  const text = (name: 'code' | 'name_th' | 'name_en' | 'definition_th' | 'unit_th' | 'unit_en' | 'source_th' | 'owner_th') => ({
    pointer: `${path}/${name}`, read_only, value: kpi[name], on_change: (value: string) => set(`${path}/${name}`, value), lang: name.endsWith('_en') ? 'en' as const : 'th' as const,
  })
  const year = (list: 'baseline' | 'targets', in_year: number, index: number) => (
    <DecimalField key={in_year} pointer={`${path}/${list}/${index}/value`} label={fiscal_year_label(in_year, lang)} read_only={read_only}
      value={kpi[list].find(entry => entry.fiscal_year === in_year)?.value ?? ''}
      on_change={value => set(`${path}/${list}`, with_year_value(kpi[list], in_year, value) as unknown as Json)} />
  )
  const baseline = Array.from({ length: baseline_years }, (_, i) => fiscal_year - baseline_years + i)
  const targets = Array.from({ length: target_years }, (_, i) => fiscal_year + i)
  return (
    <>
      <div className="pair">
        <TextField {...text('code')} label={t('kpi.code')} max={64} />
        <ChoiceField pointer={`${path}/agenda`} label={t('kpi.agenda')} read_only={read_only} value={kpi.agenda !== null && kpi.agenda < proposal.agendas.length ? String(kpi.agenda) : ''} on_change={value => set(`${path}/agenda`, Number(value))}
          options={proposal.agendas.map((agenda, i) => ({ value: String(i), label: `${i + 1}. ${agenda.title_th || t('kpi.unnamed')}` }))} />
      </div>
      <TextField {...text('name_th')} label={t('kpi.name_th')} max={300} />
      <TextField {...text('name_en')} label={t('kpi.name_en')} max={300} optional />
      <TextField {...text('definition_th')} label={t('kpi.definition')} hint={t('kpi.definition_hint')} rows={3} max={4000} />
      <div className="pair">
        <TextField {...text('unit_th')} label={t('kpi.unit_th')} max={100} />
        <TextField {...text('unit_en')} label={t('kpi.unit_en')} max={100} optional />
        <ChoiceField pointer={`${path}/direction`} label={t('kpi.direction')} read_only={read_only} value={kpi.direction} on_change={value => set(`${path}/direction`, value)}
          options={[{ value: 'higher', label: t('kpi.higher') }, { value: 'lower', label: t('kpi.lower') }]} />
        <DecimalField pointer={`${path}/weight`} label={t('kpi.weight')} read_only={read_only} value={kpi.weight} on_change={value => set(`${path}/weight`, value)} />
      </div>
      <div className="pair">
        <TextField {...text('source_th')} label={t('kpi.source')} max={500} />
        <TextField {...text('owner_th')} label={t('kpi.owner')} max={300} />
      </div>
      <FieldGroup pointer={`${path}/baseline`} legend={t('kpi.baseline')} hint={t('kpi.baseline_hint')}>
        <div className="trio">{baseline.map((in_year, i) => year('baseline', in_year, i))}</div>
      </FieldGroup>
      <FieldGroup pointer={`${path}/targets`} legend={t('kpi.targets')} hint={t('kpi.targets_hint')}>
        <div className="trio">{targets.map((in_year, i) => year('targets', in_year, i))}</div>
        <StretchNote items={stretch.filter(item => item.kpi_code === kpi.code && kpi.code !== '')} unit={kpi.unit_th} />
      </FieldGroup>
      <FieldGroup pointer={`${path}/criteria`} legend={t('kpi.criteria')} hint={t('kpi.criteria_hint')}>
        <div className="trio">
          {(['p50', 'p75', 'p100'] as const).map(name => (
            <DecimalField key={name} pointer={`${path}/criteria/${name}`} label={t(`kpi.${name}`)} read_only={read_only} value={kpi.criteria[name]} on_change={value => set(`${path}/criteria/${name}`, value)} />
          ))}
        </div>
      </FieldGroup>
    </>
  )
}
