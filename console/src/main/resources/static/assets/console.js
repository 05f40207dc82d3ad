// Pages work without this file. It switches GOV.UK Frontend's components on.
import { initAll } from './govuk/govuk-frontend.min.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// Counts grow while the page is open: each element with data-live="name" shows the count of that
// name, and a part with data-live-part="name" is looked at again when that number changes. Without
// this script, or when the stream is gone, loading the page again shows the same.
const parts = () => [...document.querySelectorAll('[data-live-part]')]
if ((document.querySelector('[data-live]') || parts().length > 0) && 'EventSource' in window) {
  const stream = new EventSource('/live/counts')
  const looks = { due: false, under: false }
  stream.addEventListener('counts', (event) => {
    const counts = JSON.parse(event.data)
    for (const element of document.querySelectorAll('[data-live]')) {
      const count = counts[element.dataset.live]
      if (count !== undefined && element.textContent !== String(count)) {
        element.textContent = String(count)
        element.closest('[data-live-row]')?.removeAttribute('hidden')
      }
    }
    const old = parts().some((part) => {
      const edition = counts[part.dataset.livePart]
      return edition !== undefined && String(edition) !== part.dataset.liveEdition
    })
    if (old) lookAtParts(looks)
  })
  window.addEventListener('pagehide', () => stream.close())
}

// One look at a time, and two seconds between them: many nodes may speak at once.
async function lookAtParts(looks) {
  looks.due = true
  if (looks.under) return
  looks.under = true
  while (looks.due) {
    looks.due = false
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: 'text/html' } })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      if (answer.ok && !answer.redirected) parts().forEach((part) => bringUpToDate(part, page))
    } catch {
      // The console is away: what is shown stays, and the stream comes back by itself.
    }
    await new Promise((done) => setTimeout(done, 2000))
  }
  looks.under = false
}

function bringUpToDate(part, page) {
  const fresh = page.getElementById(part.id)
  if (!fresh) return
  part.dataset.liveEdition = fresh.dataset.liveEdition
  if (fresh.innerHTML === part.innerHTML) return
  // Whoever is on a link of this part by keyboard stays there; so does who has scrolled sideways.
  const focused = part.contains(document.activeElement) && document.activeElement.getAttribute('href')
  const scrolled = part.querySelector('.tc-scroll')?.scrollLeft ?? 0
  part.replaceChildren(...fresh.childNodes)
  if (focused) part.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  const scroll = part.querySelector('.tc-scroll')
  if (scroll) scroll.scrollLeft = scrolled
  part.dispatchEvent(new CustomEvent('fresh', { bubbles: true }))
}

// Places on a map, or on the plan that is drawn in its stead.
if (document.querySelector('.tc-town')) import('./map.js')

// A part of a form that belongs to one choice is hidden while another is made: data-shown-for says
// which, as name=value. (GOV.UK's own way puts aria-expanded on a radio, which may not have it.)
for (const part of document.querySelectorAll('[data-shown-for]')) {
  const [name, value] = part.dataset.shownFor.split('=')
  const choices = document.querySelectorAll(`input[name="${name}"]`)
  const show = () => {
    part.hidden = ![...choices].some((choice) => choice.checked && choice.value === value)
  }
  choices.forEach((choice) => choice.addEventListener('change', show))
  show()
}

// A part of a page that is still on its way somewhere is looked at again: data-again says after how
// many seconds. Only what changed is replaced, and "Look again" does the same without this script.
function lookAgain(part) {
  const seconds = Number(part.dataset.again)
  if (!seconds) return
  setTimeout(async () => {
    let next = part
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' } })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = answer.ok && !answer.redirected && page.getElementById(part.id)
      if (fresh && fresh.innerHTML !== part.innerHTML) {
        part.replaceWith(fresh)
        next = fresh
      }
    } catch {
      // The console is away: what is shown stays, and the next look may find it again.
    }
    lookAgain(next)
  }, seconds * 1000)
}
document.querySelectorAll('[data-again]').forEach(lookAgain)

// While somebody writes, the preview and the checks follow: the form is sent as its button "Check
// and preview" sends it, and of the answer only that part is shown. A chosen picture is sent once;
// the answer says what the console calls it from then on.
for (const form of document.querySelectorAll('form[data-look]')) {
  let waiting
  let under = false
  let again = false
  const unsent = new Set()
  // One at a time, or the answer to what was typed last comes before the picture's, and loses it.
  const follow = async () => {
    again = under
    if (under) return
    under = true
    const typed = new FormData(form)
    const sending = [...form.querySelectorAll('input[type="file"]')].filter((file) => {
      const first = unsent.delete(file)
      if (!first) typed.delete(file.name)
      return first
    })
    typed.set('look', 'yes')
    try {
      const answer = await fetch(form.action, { method: 'POST', body: typed })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.getElementById(form.dataset.look)
      const shown = document.getElementById(form.dataset.look)
      if (answer.ok && fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh)
      for (const name of form.querySelectorAll('input[type="hidden"][name^="picture"]')) {
        const given = answer.ok && page.getElementById(name.id)
        if (given) name.value = given.value
      }
    } catch {
      // The console is away. Saving will say so.
      sending.forEach((file) => unsent.add(file))
    }
    under = false
    if (again) follow()
  }
  form.addEventListener('input', (event) => {
    if (event.target.type === 'file') unsent.add(event.target)
    clearTimeout(waiting)
    waiting = setTimeout(follow, 500)
  })
}
