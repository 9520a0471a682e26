// What lies behind a chart's lines: the lag as the area between log end and committed offset, and
// the instant that the address points to.
import {colour} from './theme.js';

function area(canvas, graph, rows, fill) {
  let above = [];
  let below = [];
  canvas.fillStyle = fill;
  const close = () => {
    if (above.length > 1) {
      canvas.beginPath();
      [...above, ...below.reverse()].forEach(([x, y], i) => (i ? canvas.lineTo(x, y) : canvas.moveTo(x, y)));
      canvas.fill();
    }
    above = [];
    below = [];
  };
  for (const [at, high, low] of rows) {
    if (high === null || low === null) { close(); continue; }
    const x = graph.toDomXCoord(at.getTime());
    above.push([x, graph.toDomYCoord(high)]);
    below.push([x, graph.toDomYCoord(low)]);
  }
  close();
}

function mark(canvas, box, graph, ms) {
  const x = graph.toDomXCoord(ms);
  if (x < box.x || x > box.x + box.w) return;
  canvas.strokeStyle = colour('text');
  canvas.lineWidth = 1.5;
  canvas.setLineDash([4, 3]);
  canvas.beginPath();
  canvas.moveTo(x, box.y);
  canvas.lineTo(x, box.y + box.h);
  canvas.stroke();
  canvas.setLineDash([]);
}

export function paintBehind(canvas, box, graph, spec) {
  canvas.save();
  canvas.beginPath();
  canvas.rect(box.x, box.y, box.w, box.h);
  canvas.clip();
  if (spec.between) area(canvas, graph, spec.rows, colour(spec.between));
  for (const ms of spec.marks ?? []) mark(canvas, box, graph, ms);
  canvas.restore();
}
