// Runs before the first paint so that nobody sees the page change its language. A file of its own, because the
// content security policy allows no inline script.
(function () {
  var asked = new URLSearchParams(location.search).get('lang')
  var kept = null
  try {
    if (asked === 'th' || asked === 'en') localStorage.setItem('lang', asked)
    kept = localStorage.getItem('lang')
  } catch (_) { /* storage refused: the address still decides */ }
  var lang = asked === 'th' || asked === 'en' ? asked : kept
  document.documentElement.lang = lang === 'en' ? 'en' : 'th'
  document.documentElement.classList.add('js')
})()
