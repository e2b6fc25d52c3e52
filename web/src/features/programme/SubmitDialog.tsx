import { api, take } from '../../api/client.ts'
import type { Application, Problem } from '../../api/shapes.ts'
import { Failure } from '../../app/states.tsx'
import { useWords } from '../../app/words.tsx'
import { Countdown } from '../../components/Deadline.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { useDoing } from '../../components/doing.tsx'
import { Icon } from '../../components/Icon.tsx'
import { ProblemSummary } from '../../components/problems.tsx'
import type { MissingLine } from './missing.ts'
import type { Draft } from './draft.ts'
import { place_name } from './editing.ts'

interface Props { application: Application; draft: Draft; missing: MissingLine[]; name_of_file: (key: string) => string; province: string; on_close: () => void; on_submitted: () => void; go_to: (pointer: string) => void; on_problem: (problem: Problem) => void }

export function SubmitDialog({ application, draft, missing, name_of_file, province, on_close, on_submitted, go_to, on_problem }: Props) {
  const { t } = useWords()
  const { busy, problem, failure, run } = useDoing()
  const leave_for = (pointer: string) => { on_close(); go_to(pointer) }

  const submit = () => run(async () => {
    // What is submitted is what is on the server: the last words have to arrive there first.
    await draft.save()
    if (draft.unsaved) throw new Error('unsaved')
    await take(api.POST('/api/v1/applications/{application_id}/submit', { params: { path: { application_id: application.application_id } }, headers: { 'If-Match': draft.etag }, body: {} }))
    on_submitted()
  }, on_problem)

  return (
    <Dialog title={t('submit.title', { province })} on_close={on_close}>
      <Countdown at={application.deadline_at} />
      <ProblemSummary problem={problem} prefix="/proposal" go_to={leave_for} />
      {failure !== null && (draft.unsaved ? <p className="notice bad" role="alert"><Icon name="warning" /><span>{t('submit.unsaved')}</span></p> : <Failure error={failure} />)}
      {!problem && (missing.length > 0
        ? (
          <div className="notice">
            <Icon name="warning" />
            <div>
              <p><b>{t('submit.missing', { n: missing.length })}</b></p>
              <ul>{missing.slice(0, 6).map(entry => <li key={entry.pointer + entry.text}><a href="#main" onClick={event => { event.preventDefault(); leave_for(entry.pointer) }}>{place_name(entry.pointer, t, name_of_file)}</a>: {entry.text}</li>)}</ul>
              {missing.length > 6 && <p className="small">{t('submit.more', { n: missing.length - 6 })}</p>}
            </div>
          </div>
        )
        : <p className="notice good"><Icon name="check" /><span>{t('submit.complete')}</span></p>)}
      <p>{t('submit.text')}</p>
      <div className="buttons">
        <button type="button" className="button main" disabled={busy} onClick={() => void submit()}>{busy ? t('waiting') : t('submit.go')}</button>
        <button type="button" className="button" onClick={on_close}>{t('submit.not_yet')}</button>
      </div>
    </Dialog>
  )
}
