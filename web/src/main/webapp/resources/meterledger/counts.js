// Draws how readings ended, hour by hour, as stacked bars; again when something was read.
(function () {
  "use strict";

  const box = document.getElementById("counts");
  if (!box) {
    return;
  }
  const HOUR = 3600000;
  const HOURS = 24;
  const EVERY_MILLIS = 15000;
  const data = box.dataset;
  const names = JSON.parse(data.names);
  const words = JSON.parse(data.words);
  const note = document.getElementById("counts-state");
  const { color, ask } = window.meterledger;
  const chart = window.echarts.init(box, null, { renderer: "canvas" });
  const clock = new Intl.DateTimeFormat(data.locale, { timeZone: data.zone, hour: "2-digit", minute: "2-digit" });
  const number = new Intl.NumberFormat(data.locale);

  let counts = null;
  let loaded = 0;

  function draw() {
    const last = Math.floor(Date.now() / HOUR) * HOUR;
    const hours = Array.from({ length: HOURS }, (unused, i) => last - (HOURS - 1 - i) * HOUR);
    const sums = new Map();
    for (const count of counts) {
      const at = hours.indexOf(Date.parse(count.at));
      if (at >= 0) {
        const row = sums.get(count.fault) || new Array(HOURS).fill(0);
        row[at] += Number(count.attempts);
        sums.set(count.fault, row);
      }
    }
    const known = Object.keys(names);
    const kinds = [...sums.keys()].sort((a, b) => known.indexOf(a) - known.indexOf(b));
    const inks = ["series-2", "series-5", "series-3", "series-1", "series-6", "series-4", "bad"];
    const quiet = color("quiet");
    const surface = color("surface");
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 56, right: 16, top: 40, bottom: 28 },
      legend: { top: 4, left: 56, type: "scroll", textStyle: { color: color("ink") } },
      tooltip: {
        trigger: "axis", confine: true, axisPointer: { type: "shadow" }, backgroundColor: surface,
        borderColor: color("line"), textStyle: { color: color("ink"), fontSize: 13 },
        valueFormatter: (value) => number.format(value),
      },
      xAxis: {
        type: "category", data: hours.map((at) => clock.format(at)),
        axisLine: { lineStyle: { color: color("edge") } }, axisLabel: { color: quiet, hideOverlap: true },
      },
      yAxis: {
        type: "value", minInterval: 1, axisLabel: { color: quiet, formatter: (value) => number.format(value) },
        splitLine: { lineStyle: { color: color("line") } },
      },
      series: kinds.map((kind) => ({
        type: "bar", stack: "all", name: names[kind] || kind, data: sums.get(kind), barCategoryGap: "20%",
        color: kind === "" ? color("good") : color(inks[Math.max(0, known.indexOf(kind) - 1) % inks.length]),
        itemStyle: { borderColor: surface, borderWidth: 1 },
      })),
    }, true);
    box.dataset.points = String(counts.length);
    note.textContent = counts.length === 0 ? words.noData : "";
  }

  async function load() {
    loaded = Date.now();
    const from = new Date(Math.floor(loaded / HOUR) * HOUR - (HOURS - 1) * HOUR).toISOString();
    try {
      counts = await ask(data.source + "?" + new URLSearchParams({ from: from, step: "60" }));
      draw();
    } catch (error) {
      note.textContent = words.failed + " (" + error.message + ")";
    }
  }

  document.addEventListener("meterledger:readings", () => {
    if (Date.now() - loaded > EVERY_MILLIS) {
      load();
    }
  });
  new ResizeObserver(() => chart.resize()).observe(box);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => counts && draw());

  load();
})();
