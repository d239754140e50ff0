// Draws a load profile. The series comes from the API, thinned to the pixels; zooming asks again
// for what is then visible.
(function () {
  "use strict";

  const box = document.getElementById("chart");
  if (!box) {
    return;
  }
  const data = box.dataset;
  const names = JSON.parse(data.names);
  const flagWords = JSON.parse(data.flags);
  const words = JSON.parse(data.words);
  const from = Date.parse(data.from);
  const to = Date.parse(data.to);
  const note = document.getElementById("chart-state");
  const { color, ask } = window.meterledger;
  const chart = window.echarts.init(box, null, { renderer: "canvas" });
  const MINUTE = 60000;
  const HOUR = 60 * MINUTE;
  const DAY = 24 * HOUR;
  const THOUSANDS = new Set(["W", "var", "VA", "Wh", "varh", "VAh"]);

  let series = null;
  let view = [from, to];
  let asked = 0;
  let timer = 0;

  // ---- times in the meter's zone ----

  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: data.zone, year: "numeric", month: "numeric", day: "numeric",
    hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23",
  });
  const clock = new Intl.DateTimeFormat(data.locale, { timeZone: data.zone, hour: "2-digit", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(data.locale, { timeZone: data.zone, day: "numeric", month: "short" });
  const month = new Intl.DateTimeFormat(data.locale, { timeZone: data.zone, month: "short", year: "numeric" });
  const full = new Intl.DateTimeFormat(data.locale, {
    timeZone: data.zone, day: "numeric", month: "short", year: "numeric",
    hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  });

  function local(at) {
    const found = {};
    for (const part of parts.formatToParts(at)) {
      found[part.type] = Number(part.value);
    }
    return found;
  }

  function instant(year, monthOfYear, dayOfMonth, hour) {
    const guess = Date.UTC(year, monthOfYear - 1, dayOfMonth, hour);
    const seen = local(guess);
    return guess - (Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute, seen.second) - guess);
  }

  // Where people expect lines: full hours, midnights, first days of months of the meter's zone.
  function ticks(begin, end) {
    const most = Math.max(3, Math.floor(box.clientWidth / 90));
    const span = end - begin;
    const found = [];
    const first = local(begin);
    if (span > 70 * DAY) {
      const step = [1, 2, 3, 6].find((months) => span / (months * 30 * DAY) <= most) || 12;
      for (let i = 0; i < 200; i += step) {
        const at = instant(first.year, first.month + i, 1, 0);
        if (at > end) {
          break;
        }
        found.push(at);
      }
    } else if (span > 3 * DAY) {
      const step = [1, 2, 3, 7, 14].find((days) => span / (days * DAY) <= most) || 30;
      for (let i = 0; i < 100; i += step) {
        found.push(instant(first.year, first.month, first.day + i, 0));
      }
    } else {
      const step = [0.25, 0.5, 1, 2, 3, 6, 12].map((hours) => hours * HOUR).find((width) => span / width <= most) || DAY;
      for (let at = instant(first.year, first.month, first.day, 0); at <= end; at += step) {
        found.push(at);
      }
    }
    return found.filter((at) => at >= begin && at <= end);
  }

  function tickLabel(at) {
    const span = view[1] - view[0];
    if (span > 70 * DAY) {
      return month.format(at);
    }
    const time = local(at);
    return span > 3 * DAY || (time.hour === 0 && time.minute === 0) ? day.format(at) : clock.format(at);
  }

  // ---- series ----

  function shown(unit) {
    return THOUSANDS.has(unit) ? { factor: 0.001, unit: "k" + unit } : { factor: 1, unit: unit };
  }

  function number(value, unit) {
    const digits = unit.startsWith("k") ? 3 : 2;
    return new Intl.NumberFormat(data.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
      .format(value) + (unit ? " " + unit : "");
  }

  async function load(begin, end) {
    const mine = ++asked;
    note.textContent = words.loading;
    const query = new URLSearchParams(data.query);
    query.set("from", new Date(begin).toISOString());
    query.set("to", new Date(end).toISOString());
    query.set("points", String(Math.max(100, Math.min(2000, Math.round(box.clientWidth / 2)))));
    try {
      const answer = await ask(data.source + "?" + query);
      if (mine !== asked) {
        return;
      }
      series = answer;
      draw(begin, end);
    } catch (error) {
      if (mine === asked) {
        note.textContent = words.failed + " (" + error.message + ")";
      }
    }
  }

  // Buckets without a row break the line; a gap is the stretch between, up to now.
  function gaps(begin, end) {
    const width = series.bucketSeconds * 1000;
    const found = [];
    let covered = Math.max(begin, Date.parse(data.begin));
    for (const point of series.points) {
      const start = Date.parse(point.start);
      if (start > covered) {
        found.push([covered, start]);
      }
      covered = start + width;
    }
    const last = Math.min(end, Date.now() - width);
    if (series.points.length > 0 && covered < last) {
      found.push([covered, last]);
    }
    return found;
  }

  // Of a bucket that is not over, only what has been due by now can be missing.
  function missing(point) {
    const due = Math.floor((Date.now() - Date.parse(point.start)) / (data.period * 1000));
    return Math.max(0, Math.min(point.expected, due) - point.rows);
  }

  function flagged() {
    const width = series.bucketSeconds * 1000;
    const found = [];
    for (const point of series.points) {
      if (point.flags === 0) {
        continue;
      }
      const start = Date.parse(point.start);
      const before = found[found.length - 1];
      if (before && before.flags === point.flags && before.end === start) {
        before.end = start + width;
      } else {
        found.push({ start: start, end: start + width, flags: point.flags });
      }
    }
    return found;
  }

  function flagText(flags) {
    return Object.keys(flagWords).filter((bit) => flags & Number(bit)).map((bit) => flagWords[bit]);
  }

  function rows(channel, pick) {
    const width = series.bucketSeconds * 1000;
    const factor = shown(series.channels[channel].unit).factor;
    const found = [];
    let end = null;
    for (const point of series.points) {
      const start = Date.parse(point.start);
      if (end !== null && start > end) {
        found.push([end, null]);
      }
      const value = point.values[channel] && point.values[channel][pick];
      found.push([start + width / 2, value === null || value === undefined ? null : Number(value) * factor]);
      end = start + width;
    }
    return found;
  }

  function axes(units) {
    const ink = color("quiet");
    return units.map((unit, i) => ({
      type: "value", name: unit, position: i === 0 ? "left" : "right", offset: i > 1 ? (i - 1) * 62 : 0,
      scale: units.length > 1 || !unit.startsWith("k") || data.query.includes("values=reading"),
      nameTextStyle: { color: ink, align: i === 0 ? "right" : "left" },
      axisLabel: { color: ink, formatter: (value) => new Intl.NumberFormat(data.locale, { maximumFractionDigits: 3 }).format(value) },
      splitLine: { show: i === 0, lineStyle: { color: color("line") } },
    }));
  }

  function lines(units) {
    const found = [];
    series.channels.forEach((channel, i) => {
      const ink = color("series-" + (i % 6 + 1));
      const axis = units.indexOf(shown(channel.unit).unit);
      const common = { type: "line", showSymbol: false, yAxisIndex: axis, color: ink, animation: false, connectNulls: false };
      if (series.thinned) {
        const low = rows(i, "min");
        const high = rows(i, "max").map((point, at) => [point[0], point[1] === null ? null : point[1] - low[at][1]]);
        const band = { ...common, stack: "band" + i, stackStrategy: "all", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
        found.push({ ...band, name: "low" + i, data: low });
        found.push({ ...band, name: "high" + i, data: high, areaStyle: { color: ink, opacity: 0.18 } });
      }
      const step = !series.thinned && data.query.includes("values=difference") ? "middle" : false;
      found.push({
        ...common, name: names[i], step: step, data: rows(i, "mean"), lineStyle: { width: 1.7 },
        showSymbol: series.points.length === 1, areaStyle: series.channels.length === 1 && !series.thinned ? { opacity: 0.08 } : undefined,
      });
    });
    return found;
  }

  function marks(begin, end) {
    const gap = { color: color("edge"), opacity: 0.22 };
    const flag = { color: color("warn"), opacity: 0.25 };
    const wide = (end - begin) / 14;
    const label = (text, ink, width) => ({ show: width > wide, formatter: text, position: "insideTop", color: ink, fontSize: 11 });
    return gaps(begin, end)
      .map((each) => [{ xAxis: each[0], itemStyle: gap, label: label(words.gap, color("ink"), each[1] - each[0]) }, { xAxis: each[1] }])
      .concat(flagged().map((each) => [
        { xAxis: each.start, itemStyle: flag, label: label(flagText(each.flags).join(", "), color("ink"), each.end - each.start) },
        { xAxis: each.end },
      ]));
  }

  function tooltip(at) {
    const width = series.bucketSeconds * 1000;
    const found = document.createElement("div");
    const line = (text, strong) => {
      const row = document.createElement(strong ? "strong" : "div");
      row.textContent = text;
      row.style.display = "block";
      found.append(row);
    };
    const point = series.points.find((each) => Math.abs(Date.parse(each.start) + width / 2 - at) <= width / 2);
    if (!point) {
      line(full.format(at), true);
      line(words.gap);
      return found;
    }
    const start = Date.parse(point.start);
    line(full.format(start) + " – " + (width >= DAY ? full.format(start + width) : clock.format(start + width)), true);
    series.channels.forEach((channel, i) => {
      const unit = shown(channel.unit);
      const value = point.values[i];
      if (!value || value.mean === null || value.mean === undefined) {
        line(names[i] + ": –");
        return;
      }
      const extremes = series.thinned
        ? " (" + words.minimum + " " + number(value.min * unit.factor, unit.unit) + ", " + words.maximum + " " + number(value.max * unit.factor, unit.unit) + ")"
        : "";
      line(names[i] + ": " + number(value.mean * unit.factor, unit.unit) + extremes);
    });
    if (missing(point) > 0) {
      line(words.gap + ": " + missing(point) + " / " + point.expected);
    }
    flagText(point.flags).forEach((text) => line("▲ " + text));
    return found;
  }

  function draw(begin, end) {
    const units = [...new Set(series.channels.map((channel) => shown(channel.unit).unit))];
    const ink = color("quiet");
    const all = lines(units);
    all.push({ type: "line", name: "marks", data: [], silent: true, markArea: { silent: true, data: marks(begin, end) } });
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      aria: { enabled: false },
      grid: { left: 62, right: Math.max(34, (units.length - 1) * 62), top: 40, bottom: 62 },
      legend: { data: names, top: 4, left: 96, textStyle: { color: color("ink") }, type: "scroll", icon: "roundRect", itemHeight: 4, selectedMode: true },
      tooltip: {
        trigger: "axis", confine: true, backgroundColor: color("surface"), borderColor: color("line"),
        textStyle: { color: color("ink"), fontSize: 13 },
        formatter: (found) => tooltip(found[0].axisValue),
      },
      xAxis: {
        type: "time", min: from, max: to, splitLine: { show: false },
        axisLine: { lineStyle: { color: color("edge") } },
        axisLabel: { color: ink, customValues: ticks(view[0], view[1]), formatter: tickLabel, hideOverlap: true },
        axisTick: { customValues: ticks(view[0], view[1]) },
      },
      yAxis: axes(units),
      dataZoom: [
        { type: "inside", startValue: view[0], endValue: view[1], filterMode: "none", minValueSpan: 4 * data.period * 1000 },
        {
          type: "slider", startValue: view[0], endValue: view[1], filterMode: "none", height: 20, bottom: 8,
          minValueSpan: 4 * data.period * 1000, labelFormatter: (value) => day.format(value) + " " + clock.format(value),
          textStyle: { color: ink }, borderColor: color("line"), fillerColor: "transparent", showDataShadow: false,
          handleStyle: { color: color("accent"), borderColor: color("accent") }, moveHandleStyle: { color: color("accent"), opacity: 0.5 },
        },
      ],
      series: all,
    }, true);
    box.dataset.points = String(series.points.length);
    note.textContent = series.points.length === 0 ? words.noData : series.thinned ? words.band.replace("{0}", bucketText()) : "";
  }

  function bucketText() {
    const minutes = series.bucketSeconds / 60;
    return minutes < 120 ? minutes + " min" : minutes < 2880 ? minutes / 60 + " h" : minutes / 1440 + " d";
  }

  chart.on("datazoom", () => {
    const zoom = chart.getOption().dataZoom[0];
    view = [zoom.startValue, zoom.endValue];
    chart.setOption({ xAxis: { axisLabel: { customValues: ticks(view[0], view[1]) }, axisTick: { customValues: ticks(view[0], view[1]) } } });
    clearTimeout(timer);
    timer = setTimeout(() => load(view[0], view[1]), 250);
  });

  let width = box.clientWidth;
  new ResizeObserver(() => {
    chart.resize();
    if (series && box.clientWidth !== width) {
      width = box.clientWidth;
      draw(view[0], view[1]);
    }
  }).observe(box);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => series && draw(view[0], view[1]));

  load(from, to);
})();
