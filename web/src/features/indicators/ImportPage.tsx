import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api, as_problem, csrf_header, ProblemError, take, Unreachable } from '../../api/client.ts'
import type { Import, ImportCell, Problem } from '../../api/shapes.ts'
import { media_type_of } from '../../api/upload.ts'
import { Link } from '../../app/router.tsx'
import { Failure } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { ChoiceField } from '../../components/fields.tsx'
import { Icon } from '../../components/Icon.tsx'
import { ProblemSummary } from '../../components/problems.tsx'
import { format_bytes } from '../../lib/numbers.ts'

const import_bytes_max = 10 * 1024 * 1024

/** The file goes as the raw body; what comes back is what would be recorded. */
async function check_file(kind: Import['kind'], file: File): Promise<Import> {
  const type = file.name.toLowerCase().endsWith('.csv') ? 'text/csv' : (media_type_of(file.name) ?? file.type)
  const answer = await fetch(`/api/v1/imports?kind=${kind}&name=${encodeURIComponent(file.name)}`, { method: 'POST', headers: { ...csrf_header(), 'Content-Type': type }, body: file })
    .catch((cause: unknown) => { throw new Unreachable('import', { cause }) })
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok) throw new ProblemError(as_problem(body, answer.status))
  return body as Import
}

export function ImportPage() {
  const { t } = useWords()
  const queries = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [kind, set_kind] = useState<Import['kind']>('kpi_values')
  const [found, set_found] = useState<Import | null>(null)
  const [busy, set_busy] = useState(false)
  const [done, set_done] = useState(false)
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
    set_done(false)
    set_found(null)
    set_found(await check_file(kind, file))
  })
  const confirm = (id: string) => attempt(async () => {
    await take(api.POST('/api/v1/imports/{import_id}/confirm', { params: { path: { import_id: id } }, body: {} }))
    await queries.invalidateQueries({ queryKey: ['kpis'] })
    set_done(true)
    set_found(null)
  })

  return (
    <>
      <p className="crumbs"><Link to="/kpis">{t('kpis.title')}</Link></p>
      <header className="page-head"><h1>{t('import.title')}</h1><p className="soft">{t('import.text')}</p></header>
      <section className="panel stack" aria-label={t('import.title')}>
        <ProblemSummary problem={problem} />
        {failure !== null && <Failure error={failure} />}
        {too_big && <p className="error" role="alert"><Icon name="warning" />{too_big}</p>}
        {done && <p className="notice good" role="status"><Icon name="check" /><span>{t('import.done')}</span></p>}
        <ChoiceField pointer="/kind" label={t('import.kind')} value={kind} on_change={set_kind} options={[{ value: 'kpi_values', label: t('import.kind.kpi_values') }, { value: 'kpi_definitions', label: t('import.kind.kpis') }]} />
        <p>
          <button type="button" className="button main" disabled={busy} onClick={() => input.current?.click()}><Icon name="upload" />{busy ? t('waiting') : t('import.choose')}</button>
          <input ref={input} type="file" hidden tabIndex={-1} aria-label={t('import.choose')} accept=".xlsx,.csv" onChange={event => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (!file) return
            if (file.size > import_bytes_max) set_too_big(t('files.too_big', { name: file.name, size: format_bytes(file.size), max: format_bytes(import_bytes_max) }))
            else void check(file)
          }} />
          <span className="soft small"> ≤ {format_bytes(import_bytes_max)}</span>
        </p>
      </section>
      {found && <Preview found={found} busy={busy} confirm={() => void confirm(found.import_id)} />}
    </>
  )
}

function Preview({ found, busy, confirm }: { found: Import; busy: boolean; confirm: () => void }) {
  const { t } = useWords()
  return (
    <section className="stack" aria-labelledby="preview-title">
      <h2 id="preview-title">{t('import.preview')}</h2>
      <p className={`notice ${found.wrong > 0 ? 'bad' : 'good'}`} role="status"><Icon name={found.wrong > 0 ? 'warning' : 'check'} /><span><b>{t('import.summary', { rows: found.rows, good: found.good, errors: found.wrong })}</b>{found.wrong > 0 && <><br />{t('import.fix')}</>}</span></p>
      <div className="scroll" tabIndex={0} role="group" aria-label={t('import.preview')}>
        <table className="preview">
          <thead><tr><th scope="col" className="number">{t('import.row')}</th>{found.columns.map(column => <th scope="col" key={column.reference}>{column.heading || column.reference}</th>)}</tr></thead>
          <tbody>{found.preview.map(row => <tr key={row.row}><th scope="row" className="number">{row.row}</th>{found.columns.map(({ reference }) => <Cell key={reference} cell={row.cells.find(cell => column_of(cell.reference) === column_of(reference))} />)}</tr>)}</tbody>
        </table>
      </div>
      {found.wrong === 0 && <p><button type="button" className="button main" disabled={busy} onClick={confirm}>{t('import.confirm', { good: found.good })}</button></p>}
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
