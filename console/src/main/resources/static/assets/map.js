// A map in the place of the plan, where there is a tile server; and picking a place on either. The
// places are those of the plan, so the map shows what the page says, also after it has changed.
const hint = document.querySelector('[data-pick-hint]')

function pick(latitude, longitude) {
  document.getElementById('latitude').value = latitude.toFixed(5)
  document.getElementById('longitude').value = longitude.toFixed(5)
}

function pickOnPlan(town) {
  hint.hidden = false
  for (const svg of town.querySelectorAll('svg')) {
    svg.addEventListener('click', (event) => {
      event.preventDefault()
      const box = svg.getBoundingClientRect()
      const across = (event.clientX - box.left) / box.width
      const down = (event.clientY - box.top) / box.height
      const { north, west, south, east } = svg.dataset
      pick(+north + (south - north) * down, +west + (east - west) * across)
    })
  }
}

function styleSheet(address) {
  return new Promise((done, failed) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = address
    link.onload = done
    link.onerror = failed
    document.head.append(link)
  })
}

const dot = (L, style) =>
  L.divIcon({ className: `tc-map__dot tc-map__dot--${style}`, iconSize: [24, 24] })

async function mapOf(town) {
  const { map: tiles, mapAttribution, mapDeepest, use } = town.dataset
  const picks = use === 'pick'
  await Promise.all([
    styleSheet(new URL('./leaflet/leaflet.css', import.meta.url)),
    import('./leaflet/leaflet.js'),
  ])
  const L = window.L
  const around = document.createElement('div')
  around.className = 'tc-map'
  around.setAttribute('role', 'region')
  around.setAttribute('aria-label', 'Map')
  // Beside the part of the page that is replaced when it changes, not in it.
  const place = town.closest('[data-live-part]') ?? town
  place.before(around)
  place.hidden = true
  const map = L.map(around, { zoomAnimation: false, fadeAnimation: false })
  map.attributionControl.setPrefix('Leaflet')
  const credit = document.createElement('span')
  credit.textContent = mapAttribution
  L.tileLayer(tiles, { maxZoom: +mapDeepest, attribution: credit.innerHTML, referrerPolicy: 'strict-origin-when-cross-origin' }).addTo(map)
  const shown = L.layerGroup().addTo(map)

  const draw = () => {
    shown.clearLayers()
    const seen = new Map()
    for (const mark of document.querySelectorAll('.tc-town a[data-lat]')) seen.set(mark.getAttribute('href'), mark)
    const nodes = [...seen.values()].filter((mark) => mark.getAttribute('href').startsWith('/nodes/'))
    const alone = [...seen.values()].filter((mark) => {
      const site = mark.getAttribute('href').replace('/sites/', '/nodes/') + '/'
      return !nodes.includes(mark) && !nodes.some((node) => node.getAttribute('href').startsWith(site))
    })
    const marks = [...nodes, ...alone]
    for (const mark of marks) {
      const { lat, lon, mark: style, name, words } = mark.dataset
      const label = document.createElement('span')
      label.textContent = name
      L.marker([lat, lon], { icon: dot(L, style), title: `${name}: ${words}`, keyboard: true })
        .bindTooltip(label, { permanent: true, direction: 'right', offset: [12, 0] })
        .on('click keypress', () => { if (!picks) location.href = mark.getAttribute('href') })
        .addTo(shown)
    }
    return marks.map((mark) => [+mark.dataset.lat, +mark.dataset.lon])
  }

  const places = draw()
  const typed = picks && ['latitude', 'longitude'].map((id) => document.getElementById(id).value.trim())
  if (typed && typed.every((value) => value !== '' && Number.isFinite(+value))) places.push(typed.map(Number))
  if (places.length > 0) map.fitBounds(L.latLngBounds(places).pad(0.2), { maxZoom: 17 })
  else map.setView([54.5, -3], 5) // Great Britain, until somebody says where the town is.
  place.addEventListener('fresh', draw)
  if (picks) {
    hint.hidden = false
    const picked = L.layerGroup().addTo(map)
    map.on('click', ({ latlng }) => {
      pick(latlng.lat, latlng.lng)
      picked.clearLayers()
      L.marker(latlng, { icon: dot(L, 'picked'), interactive: false }).addTo(picked)
    })
  }
}

// Pressing on a place selects it in the list above: its link leads to it there.
function chooseOnPlan(town) {
  const show = (mark, box) => mark.classList.toggle('tc-mark--chosen', box.checked)
  for (const mark of town.querySelectorAll('a[href^="#"]')) {
    const box = document.querySelector(`${mark.getAttribute('href')} input`)
    if (!box) continue
    show(mark, box)
    box.addEventListener('change', () => show(mark, box))
    mark.addEventListener('click', (event) => {
      event.preventDefault()
      box.click()
    })
  }
}

for (const town of document.querySelectorAll('.tc-town')) {
  const plan = { pick: pickOnPlan, choose: chooseOnPlan }[town.dataset.use] ?? (() => {})
  if (town.dataset.map) {
    mapOf(town).catch((why) => {
      console.warn('No map:', why) // The plan is still there.
      plan(town)
    })
  } else {
    plan(town)
  }
}
