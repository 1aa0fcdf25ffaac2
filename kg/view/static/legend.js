'use strict';

// The legend is the filter: an unchecked type or relation leaves the drawing and the list.
const boxes = [...document.querySelectorAll('#legend input')];

function applyLegend() {
  view.off = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
  restyle();
  filterList();
}

function showType(type) {
  const box = boxes.find((one) => one.value === type);
  if (box.checked) return;
  box.checked = true;
  applyLegend();
}

function startLegend() {
  boxes.forEach((box) => box.addEventListener('change', applyLegend));
  if (matchMedia('(max-width: 1000px)').matches) byId('legend').open = false;
}
