// Draws what a meter counted in each period, or its extremes, as bars. A period of which nothing is
// known has no bar.
(function () {
  "use strict";

  const box = document.getElementById("periods");
  if (!box) {
    return;
  }
  const data = box.dataset;
  const days = JSON.parse(data.days);
  const bars = JSON.parse(data.bars);
  const note = document.getElementById("periods-state");
  const { color } = window.meterledger;
  const chart = window.echarts.init(box, null, { renderer: "canvas" });
  const number = new Intl.NumberFormat(data.locale, { maximumFractionDigits: 3 });
  const units = [...new Set(bars.map((bar) => bar.unit).filter(Boolean))];

  function draw() {
    const quiet = color("quiet");
    const surface = color("surface");
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      legend: { top: 4, left: 96, type: "scroll", textStyle: { color: color("ink") } },
      tooltip: {
        trigger: "axis", confine: true, axisPointer: { type: "shadow" }, backgroundColor: surface,
        borderColor: color("line"), textStyle: { color: color("ink"), fontSize: 13 },
      },
      xAxis: {
        type: "category", data: days,
        axisLine: { lineStyle: { color: color("edge") } }, axisLabel: { color: quiet, hideOverlap: true },
      },
      yAxis: {
        type: "value", name: units.join(", "), nameTextStyle: { color: quiet, align: "left" },
        axisLabel: { color: quiet, formatter: (value) => number.format(value) },
        splitLine: { lineStyle: { color: color("line") } },
      },
      series: bars.map((bar, i) => ({
        type: "bar", stack: data.stacked === "true" ? "all" : undefined, name: bar.name, data: bar.values,
        barCategoryGap: "25%", color: color("series-" + (i % 6 + 1)), itemStyle: { borderColor: surface, borderWidth: 1 },
        tooltip: { valueFormatter: (value) => value == null ? data.missing : number.format(value) + " " + bar.unit },
      })),
    }, true);
    const known = bars.some((bar) => bar.values.some((value) => value !== null));
    box.dataset.points = String(days.length);
    note.textContent = known ? "" : data.none;
  }

  new ResizeObserver(() => chart.resize()).observe(box);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
})();
