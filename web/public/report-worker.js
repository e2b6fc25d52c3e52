// Keeps the page for reporting readable without a line. It serves that page only, asks the line first, and neither keeps nor
// sends what anybody writes: that is the page's own work.
const store = 'report'
const page = '/report'
const kept_answers = /^\/(districts\.json|icon\.svg|lang\.js|api\/v1\/areas|api\/v1\/service_centre\/lists)$/

/** The page and what it names; what older pages named goes. */
async function keep_page(answer) {
  const cache = await caches.open(store)
  const text = await answer.clone().text()
  const assets = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path)
  await cache.addAll([...assets, '/lang.js', '/icon.svg', '/districts.json', '/api/v1/service_centre/lists'])
  await cache.put(page, answer)
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url)
    if (pathname.startsWith('/assets/') && !assets.includes(pathname)) await cache.delete(url)
  }
}

async function page_first_from_line(event) {
  try {
    const answer = await fetch(event.request)
    if (answer.ok) event.waitUntil(keep_page(answer.clone()).catch(() => undefined))
    return answer
  } catch (error) {
    const kept = await caches.match(page)
    if (kept) return kept
    throw error
  }
}

async function asset(request) {
  return (await caches.match(request)) ?? fetch(request)
}

async function answer_first_from_line(event) {
  try {
    const answer = await fetch(event.request)
    const copy = answer.clone()
    if (answer.ok) event.waitUntil(caches.open(store).then(cache => cache.put(event.request, copy)))
    return answer
  } catch (error) {
    const kept = await caches.match(event.request)
    if (kept) return kept
    throw error
  }
}

self.addEventListener('install', event => event.waitUntil(fetch(page).then(keep_page).then(() => self.skipWaiting())))
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(page_first_from_line(event))
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (kept_answers.test(pathname)) event.respondWith(answer_first_from_line(event))
})
