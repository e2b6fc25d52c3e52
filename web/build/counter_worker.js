// The service worker of one page, /app/cases/new. It keeps the files of this build (`version` and `files` stand above) and
// that page, and nothing else: whatever comes from /api/ goes to the server and is stored nowhere by it.
const page = '/app/cases/new'
const prefix = 'counter-'
const store = prefix + version

self.addEventListener('install', event => {
  event.waitUntil((async () => {
    const cache = await caches.open(store)
    await cache.addAll([page, ...files].map(path => new Request(path, { cache: 'no-cache', credentials: 'same-origin' })))
    await self.skipWaiting()
  })())
})

self.addEventListener('activate', event => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(prefix) && name !== store) await caches.delete(name)
    await self.clients.claim()
  })())
})

// The page from the server, so that a new build is noticed; from the store when no answer comes.
async function fresh(request, path) {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await (await caches.open(store)).match(path)
    if (kept) return kept
    throw error
  }
}

// A file of the build never changes under its name.
async function kept_or_fresh(request, path) {
  return (await (await caches.open(store)).match(path)) ?? fetch(request)
}

self.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (pathname === page) event.respondWith(fresh(request, page))
  } else if (files.includes(pathname)) {
    event.respondWith(pathname.startsWith('/assets/') ? kept_or_fresh(request, pathname) : fresh(request, pathname))
  }
})
