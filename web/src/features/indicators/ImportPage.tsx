import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, as_problem, csrf_header, ProblemError, server_now_ms, take, Unreachable } from '../../api/client.ts'
import type { Import, ImportCell, ImportOutcome, Problem, SourceClass } from '../../api/shapes.ts'
import { media_type_of } from '../../api/upload.ts'
import { Link } from '../../app/router.tsx'
import { own_provinces, useMe } from '../../app/session.ts'
import { Failure } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { ProblemSummary } from '../../components/problems.tsx'
import { useProvinces } from '../../components/provinces.ts'
import { source_classes } from './sources.ts'
import { Sure } from '../../components/Sure.tsx'
import { fiscal_year_label, format_moment } from '../../lib/dates.ts'
import { format_bytes } from '../../lib/numbers.ts'

const import_bytes_max = 10 * 1024 * 1024
const first_year = 2019

/** What the sheet means where it does not say so itself. */
interface Meant { kind: Import['kind']; province: string; fiscal_year: string; source_class: SourceClass | '' }

/** The file goes as the raw body; what comes back is what would be recorded. */
async function check_file({ kind, province, fiscal_year, source_class }: Meant, file: File): Promise<Import> {
  const query = new URLSearchParams({ kind, name: file.name, ...(province && { province }), ...(kind === 'kpi_definitions' && fiscal_year && { fiscal_year }), ...(kind === 'kpi_values' && source_class && { source_class }) })
  const type = file.name.toLowerCase().endsWith('.csv') ? 'text/csv' : (media_type_of(file.name) ?? file.type)
  const answer = await fetch(`/api/v1/imports?${query.toString()}`, { method: 'POST', headers: { ...csrf_header(), 'Content-Type': type }, body: file })
    .catch((cause: unknown) => { throw new Unreachable('import', { cause }) })
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw new ProblemError(as_problem(body, answer.status))
  return body as Import
}

export function ImportPage() {
  const { t, lang } = useWords()
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [kind, set_kind] = useState<Import['kind']>('kpi_values')
  const [found, set_found] = useState<Import | null>(null)
  const [busy, set_busy] = useState(false)
  const [done, set_done] = useState<ImportOutcome | null>(null)
  const me = useMe()
  const own = own_provinces(me)
  const provinces = useProvinces()
  const [province, set_province] = useState(own[0] ?? '')
  const [fiscal_year, set_year] = useState('')
  const [source_class, set_class] = useState<SourceClass | ''>('')
  const this_year = new Date(server_now_ms()).getUTCFullYear()
  const years = Array.from({ length: this_year + 2 - first_year }, (_, i) => this_year + 1 - i)
  const [too_big, set_too_big] = useState<string | null>(null)
  const [problem, set_problem] = useState<Problem | null>(null)
  const [failure, set_failure] = useState<unknown>(null)

  async function attempt(work: () => Promise<void>) {
    set_busy(true)
    set_too_big(null)
    set_problem(null)
    set_failure(null)
    try {
      await work()
    } catch (error) {
      if (error instanceof ProblemError) set_problem(error.problem)
      else set_failure(error)
    } finally {
      set_busy(false)
    }
  }
  const check = (file: File) => attempt(async () => {
    set_done(null)
    set_found(null)
    set_found(await check_file({ kind, province, fiscal_year, source_class }, file))
  })
  const confirm = (id: string, skip_wrong: boolean) => attempt(async () => {
    const outcome = await take(api.POST('/api/v1/imports/{import_id}/confirm', { params: { path: { import_id: id } }, body: { skip_wrong } }))
    await queries.invalidateQueries({ queryKey: ['kpis'] })
    set_done(outcome)
    set_found(null)
  })

  if (own.length === 0)
    return (
      <>
        <p className="crumbs"><Link to="/kpis">{t('kpis.title')}</Link></p>
        <h1>{t('import.title')}</h1>
        <p className="empty"><Icon name="lock" />{t('import.who')}</p>
      </>
    )
  return (
    <>
      <p className="crumbs"><Link to="/kpis">{t('kpis.title')}</Link></p>
      <header className="page-head"><h1>{t('import.title')}</h1><p className="soft">{t('import.text')}</p></header>
      <section className="panel stack" aria-label={t('import.title')}>
        <ProblemSummary problem={problem} />
        {failure !== null && <Failure error={failure} />}
        {too_big && <p className="error" role="alert"><Icon name="warning" />{too_big}</p>}
        {done && <Outcome outcome={done} />}
        <ChoiceField pointer="/kind" label={t('import.kind')} value={kind} on_change={set_kind} options={[{ value: 'kpi_values', label: t('import.kind.kpi_values') }, { value: 'kpi_definitions', label: t('import.kind.kpis') }]} />
        <fieldset className="plain-set">
          <legend>{t('import.options')}</legend>
          <div className="pair">
            <ChoiceField pointer="/province" label={t('import.province')} value={province} on_change={set_province} options={own.map(code => ({ value: code, label: provinces.name(code) }))} />
            {kind === 'kpi_values'
              ? <ChoiceField pointer="/source_class" label={t('import.class')} value={source_class} on_change={set_class} options={source_classes.map(value => ({ value, label: t(`source.${value}`) }))} />
              : <ChoiceField pointer="/fiscal_year" label={t('import.year')} value={fiscal_year} on_change={set_year} options={years.map(year => ({ value: String(year), label: fiscal_year_label(year, lang) }))} />}
          </div>
        </fieldset>
        <p>
          <button type="button" className="button main" disabled={busy} onClick={() => input.current?.click()}><Icon name="upload" />{busy ? t('waiting') : t('import.choose')}</button>
          <input ref={input} type="file" hidden tabIndex={-1} aria-label={t('import.choose')} accept=".xlsx,.csv" onChange={event => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (!file) return
            if (file.size > import_bytes_max) set_too_big(t('import.too_big', { name: file.name, size: format_bytes(file.size), max: format_bytes(import_bytes_max) }))
            else void check(file)
          }} />
          <span className="soft small"> ≤ {format_bytes(import_bytes_max)}</span>
        </p>
      </section>
      {found && <Preview found={found} busy={busy} confirm={skip_wrong => void confirm(found.import_id, skip_wrong)} />}
    </>
  )
}

function Outcome({ outcome: { written, unchanged, skipped, refused } }: { outcome: ImportOutcome }) {
  const { t, pick } = useWords()
  return (
    <div className={`notice ${refused.length > 0 ? '' : 'good'}`} role="status">
      <Icon name={refused.length > 0 ? 'warning' : 'check'} />
      <div>
        <p><b>{t('import.done')}</b></p>
        <p>{t('import.outcome', { written, unchanged, skipped })}</p>
        {refused.length > 0 && <><p>{t('import.refused', { n: refused.length })}</p><ul>{refused.map(refusal => <li key={refusal.reference}>{refusal.reference}: {pick(refusal.th, refusal.en)}</li>)}</ul></>}
      </div>
    </div>
  )
}

const wrong_cells_shown_max = 50

/** Every wrong cell, also those below what the preview shows. */
function WrongCells({ found }: { found: Import }) {
  const { t, pick } = useWords()
  const shown = found.wrong_cells.slice(0, wrong_cells_shown_max)
  const more = found.wrong - shown.length
  return (
    <details className="wrong-cells" open={shown.length <= 10}>
      <summary>{t('import.wrong_cells')} ({found.wrong})</summary>
      <ul>{shown.map(cell => <li key={cell.reference}><b>{cell.reference}</b> {cell.text && <>“{cell.text}” </>}– {pick(cell.problem_th, cell.problem_en)}</li>)}</ul>
      {more > 0 && <p className="soft small">{t('import.more_wrong', { n: more })}</p>}
    </details>
  )
}

function Preview({ found, busy, confirm }: { found: Import; busy: boolean; confirm: (skip_wrong: boolean) => void }) {
  const { t, lang } = useWords()
  const { rows, good, unchanged, blank, wrong } = found
  return (
    <section className="stack" aria-labelledby="preview-title">
      <h2 id="preview-title">{t('import.preview')}</h2>
      <p className={`notice ${wrong > 0 ? 'bad' : 'good'}`} role="status"><Icon name={wrong > 0 ? 'warning' : 'check'} /><span><b>{found.file_name}: {t('import.summary', { rows, good, unchanged, blank, errors: wrong })}</b>{wrong > 0 && <><br />{t('import.fix')}</>}</span></p>
      {wrong > 0 && <WrongCells found={found} />}
      <div className="scroll" tabIndex={0} role="group" aria-label={t('import.preview')}>
        <table className="preview">
          <thead><tr><th scope="col" className="number">{t('import.row')}</th>{found.columns.map(column => <th scope="col" key={column.reference}>{column.heading || column.reference}</th>)}</tr></thead>
          <tbody>{found.preview.map(row => <tr key={row.row}><th scope="row" className="number">{row.row}</th>{found.columns.map(({ reference }) => <Cell key={reference} cell={row.cells.find(cell => column_of(cell.reference) === column_of(reference))} />)}</tr>)}</tbody>
        </table>
      </div>
      {good === 0 ? <p className="soft">{t('import.nothing')}</p>
        : wrong === 0 ? <p><button type="button" className="button main" disabled={busy} onClick={() => confirm(false)}>{t('import.confirm', { good })}</button></p>
        : <p><Sure question={t('import.skip_sure')} act={t('import.skip', { good, wrong })} busy={busy} go={() => confirm(true)} /></p>}
      <p className="soft small">{t('import.expires', { at: format_moment(found.expires_at, lang) })}</p>
    </section>
  )
}

/** "AB12" → "AB". A row tells only of the cells that were read, so each is put under its column by its name. */
function column_of(reference: string): string {
  return reference.replace(/\d+$/, '')
}

/** A wrong cell keeps what was written in it, and says where it is and what is wrong with it. */
function Cell({ cell }: { cell: ImportCell | undefined }) {
  const { pick } = useWords()
  if (!cell) return <td />
  const wrong = pick(cell.problem_th, cell.problem_en)
  if (!wrong) return <td>{cell.text}</td>
  return <td className="wrong-cell"><span>{cell.text || '–'}</span><span className="error"><Icon name="warning" /><span>{cell.reference}: {wrong}</span></span></td>
}
