// Refreshes the parts of a page that m:live marks, when a node tells that something has changed:
// each at most once a second, and always once more after the last notice.
(function () {
  "use strict";

  const EVERY_MILLIS = 1000;
  // A page that nobody looks at must not keep its session from ending.
  const UNWATCHED_MILLIS = 20 * 60 * 1000;
  const LONGEST_PAUSE_MILLIS = 30000;
  const LEAVING_MILLIS = 120000;
  const REFUSED = 1008;

  const parts = [...document.querySelectorAll("[data-live]")].map((element) => ({
    topic: element.dataset.live,
    key: element.dataset.liveKey,
    command: element.dataset.liveCommand,
    atOnce: element.dataset.liveAtOnce === "true",
    last: 0,
    due: false,
    timer: null,
  }));
  if (parts.length === 0) {
    return;
  }

  let touched = Date.now();
  let pause = EVERY_MILLIS;
  let missed = false;
  // The answer to a form that is sent replaces the page; asking for parts of the old one meanwhile
  // would find a view that is on its way out.
  let leaving = false;

  const watched = () =>
    !leaving &&
    document.visibilityState === "visible" &&
    Date.now() - touched < UNWATCHED_MILLIS;

  function refresh(part) {
    part.due = true;
    if (part.timer === null && watched()) {
      const wait = Math.max(0, part.last + EVERY_MILLIS - Date.now());
      part.timer = setTimeout(() => run(part), wait);
    }
  }

  function run(part) {
    part.timer = null;
    if (leaving) {
      return;
    }
    part.last = Date.now();
    if (window.PrimeFaces && !window.PrimeFaces.ajax.Queue.isEmpty()) {
      refresh(part);
      return;
    }
    part.due = false;
    const told = { topic: part.topic, key: part.key };
    document.dispatchEvent(new CustomEvent("meterledger:" + part.topic, { detail: told }));
    if (part.command && window[part.command]) {
      window[part.command]();
    }
  }

  const all = () => parts.forEach(refresh);

  function heard(notice) {
    const concerned = (part) =>
      notice.topic === "all" ||
      (notice.topic === part.topic && (!part.key || !notice.key || notice.key === part.key));
    parts.filter(concerned).forEach(refresh);
  }

  function address() {
    const asked = parts.map((part) => (part.key ? part.topic + ":" + part.key : part.topic));
    const url = new URL(document.querySelector("[data-live]").dataset.liveSocket, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    [...new Set(asked)].forEach((each) => url.searchParams.append("on", each));
    return url;
  }

  function listen() {
    const socket = new WebSocket(address());
    socket.addEventListener("open", () => {
      pause = EVERY_MILLIS;
      document.documentElement.dataset.live = "on";
      if (missed) {
        missed = false;
        all();
      } else {
        // what happened since the page was made, nobody has told it
        parts.filter((part) => part.atOnce).forEach(refresh);
      }
    });
    socket.addEventListener("message", (event) => JSON.parse(event.data).forEach(heard));
    socket.addEventListener("close", (event) => {
      document.documentElement.dataset.live = "off";
      missed = true;
      if (event.code !== REFUSED) {
        // not all pages at once when a node is back
        setTimeout(listen, pause * (0.5 + Math.random()));
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    });
  }

  function look() {
    parts.filter((part) => part.due).forEach(refresh);
  }

  ["pointerdown", "keydown", "scroll", "focus"].forEach((kind) =>
    window.addEventListener(kind, () => {
      touched = Date.now();
      look();
    }, { passive: true, capture: true }));
  document.addEventListener("visibilitychange", look);

  // A browser makes no click of a press and a release where the pressed thing was replaced between.
  const control = (element) => element?.closest?.("a[href], button, input[type=submit]");
  let pressed = null;
  const options = { passive: true, capture: true };
  window.addEventListener("pointerdown", (event) => {
    const plain = event.button === 0
        && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    pressed = plain ? control(event.target) : null;
  }, options);
  window.addEventListener("pointerup", (event) => {
    const before = pressed;
    const now = control(event.target);
    pressed = null;
    if (before && now && !before.isConnected && before.id === now.id && before.href === now.href
        && before.textContent === now.textContent && before.value === now.value) {
      now.click();
    }
  }, options);
  document.addEventListener("submit", () => {
    leaving = true;
    // a form may also have brought a file, and the page stays
    setTimeout(() => {
      leaving = false;
      look();
    }, LEAVING_MILLIS);
  });

  listen();
})();
