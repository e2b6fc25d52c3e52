import { describe, expect, it } from 'vitest'
import { to_bring, unread } from './bring.ts'
import type { CatalogueService } from './shapes.ts'

const service = (name: string, papers: [string, boolean][] | null) => ({
  service: name,
  papers: papers && papers.map(([paper, required]) => ({ paper, required, kind: 'paper', name_th: paper, name_en: paper, verified: false })),
}) as CatalogueService

describe('what to bring for several services', () => {
  const all = [service('card', [['id', true], ['photo', false]]), service('name', [['photo', true], ['id', true], ['letter', false]]), service('hotel', null)]

  it('names each paper once, with all that ask for it', () => {
    expect(to_bring(all).map(each => [each.paper, each.asked_by.map(one => one.service.service)])).toEqual([['id', ['card', 'name']], ['photo', ['card', 'name']], ['letter', ['name']]])
  })
  it('needs a paper that one service needs, though another asks for it in some cases only', () => {
    const photo = to_bring(all).find(each => each.paper === 'photo')!
    expect([photo.required, photo.asked_by.map(one => one.required)]).toEqual([true, [false, true]])
  })
  it('changes nothing of what the services say', () => {
    expect(all[0]!.papers![1]!.required).toBe(false)
  })
  it('does not take papers that were not read for none', () => {
    expect([unread(all).map(each => each.service), unread([service('free', [])])]).toEqual([['hotel'], []])
  })
})
