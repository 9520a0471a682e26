// Charts by Dygraphs: made once per element, then only given new rows. No name from Kafka is ever
// handed over, for Dygraphs writes its labels as HTML.
import {paintBehind} from './chart_paint.js';
import {instant} from './format.js';
import {colour} from './theme.js';

let Dygraph = null;
let loading = null;
const waiting = new Map();  // element → spec, until the library is there

// Only whoever looks at a chart loads it.
function load() {
  const script = document.createElement('script');
  script.src = new URL('dygraph.min.js', import.meta.url).href;
  script.onload = () => {
    ({Dygraph} = window);
    // The page has its own legend, and this one wants inline styles.
    Dygraph.PLUGINS = Dygraph.PLUGINS.filter((one) => one !== Dygraph.Plugins.Legend);
    for (const [element, spec] of waiting) draw(element, spec);
    waiting.clear();
  };
  document.head.append(script);
  return script;
}

const coarse = matchMedia('(pointer: coarse)');
const drawn = new Map();  // element → {graph, spec, zoomed: by hand}

const colours = (spec) => spec.series.map((one) => colour(one.colour));

const looks = (spec) => ({
  colors: colours(spec), axisLineColor: colour('line'), gridLineColor: colour('line'), gridLineWidth: 1,
});

function readout(element, spec, row) {
  const place = element.parentElement?.querySelector('.readout');
  const values = spec.rows[row];
  if (!place || !values) return;
  const said = spec.series.map((one, i) => (one.silent ? null : `${one.name} ${one.text(values[i + 1])}`)).filter(Boolean);
  place.textContent = `${instant(values[0].getTime())}   ${said.join('   ')}`;
}

const rest = (element, spec) => readout(element, spec, spec.rows.length - 1);

// The same instant on the charts beside this one.
function point(element, row) {
  const {spec} = drawn.get(element);
  readout(element, spec, row);
  for (const [other, {graph, spec: theirs}] of drawn) {
    if (other === element || theirs.together !== spec.together || theirs.rows.length !== spec.rows.length) continue;
    graph.setSelection(row < 0 ? false : row);
    row < 0 ? rest(other, theirs) : readout(other, theirs, row);
  }
}

const options = (element, spec) => ({
  ...looks(spec),
  labels: ['time', ...spec.series.map((one) => one.name)],
  legend: 'never', strokeWidth: 1.8, connectSeparatedPoints: spec.connected ?? false,
  stepPlot: false, drawPoints: spec.points ?? false, pointSize: 2.5, highlightCircleSize: 4,
  includeZero: spec.fromZero ?? false, fillGraph: spec.filled ?? false, fillAlpha: 0.12,
  rightGap: 10, xRangePad: 4, yRangePad: 8,
  ...(coarse.matches ? {interactionModel: {}} : {}),  // a finger scrolls the page
  axes: {
    x: {axisLabelWidth: 64, pixelsPerLabel: 84},
    y: {...(spec.ticks ? {ticker: (from, to) => spec.ticks(from, to).map((v) => ({v, label: spec.series[0].text(v)}))} : {}), axisLabelWidth: spec.wide ? 84 : 60, axisLabelFormatter: (value) => spec.series[0].text(value), pixelsPerLabel: 34},
  },
  dateWindow: spec.stretch ?? null,
  zoomCallback: () => { drawn.get(element).zoomed = drawn.get(element).graph.isZoomed('x'); },
  underlayCallback: (canvas, area, graph) => paintBehind(canvas, area, graph, drawn.get(element)?.spec ?? spec),
  highlightCallback: (event, x, points, row) => point(element, row),
  unhighlightCallback: () => { rest(element, drawn.get(element).spec); point(element, -1); },
});

// spec: {series: [{name, colour, text, silent}], rows: [[Date, value…]], stretch: [from, to], together,
// ticks(from, to): where the lines across are; between: a colour for the area between the first two series, marks: [ms], fromZero, filled, …}
export function draw(element, spec) {
  if (!element?.isConnected) return;
  if (!Dygraph) {
    waiting.set(element, spec);
    loading ??= load();
    return;
  }
  for (const [old, {graph}] of drawn) {
    if (old.isConnected) continue;
    graph.destroy();
    drawn.delete(old);
  }
  const drawable = spec.rows.filter((row) => row.slice(1).some((value) => value !== null && value !== undefined)).length > 1;
  element.classList.toggle('empty', !drawable);
  if (!drawable) return;
  const known = drawn.get(element);
  if (!known) {
    const graph = new Dygraph(element, spec.rows, options(element, spec));
    drawn.set(element, {graph, spec});
  } else {
    known.spec = spec;
    const zoomed = known.zoomed;
    known.graph.updateOptions({file: spec.rows, ...(zoomed ? {} : {dateWindow: spec.stretch ?? null})});
  }
  rest(element, spec);
}

export function repaintCharts() {
  for (const {graph, spec} of drawn.values()) graph.updateOptions(looks(spec));
}
