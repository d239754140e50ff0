// What pages do by themselves: the menu on small screens, downloads with the page's token, the
// address that follows a table.
(function () {
  "use strict";

  const tab = document.querySelector(".tabs [aria-current=page]");
  if (tab) {
    tab.scrollIntoView({ block: "nearest", inline: "center" });
  }

  const token = () => document.querySelector("meta[name=api-token]").content;

  document.addEventListener("click", (event) => {
    const menu = event.target.closest("[data-menu]");
    if (menu) {
      const open = document.body.classList.toggle("menu-open");
      menu.setAttribute("aria-expanded", String(open));
    }
    const download = event.target.closest("[data-download]");
    if (download) {
      save(download);
    }
    document.querySelectorAll("details.user[open], details.pick[open]").forEach((details) => {
      if (!details.contains(event.target)) {
        details.open = false;
      }
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.user[open], details.pick[open]").forEach((details) => {
        details.open = false;
        details.querySelector("summary").focus();
      });
    }
  });

  // The API takes no cookie, so a plain link would be refused.
  async function save(button) {
    button.disabled = true;
    try {
      const response = await fetch(button.dataset.download, {
        headers: { Authorization: "Bearer " + token(), Accept: button.dataset.accept },
      });
      if (!response.ok) {
        throw new Error("HTTP " + response.status);
      }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await response.blob());
      link.download = button.dataset.file;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      const words = document.createElement("p");
      words.className = "message error";
      words.setAttribute("role", "alert");
      words.textContent = button.dataset.failed + " (" + error.message + ")";
      document.getElementById("content").prepend(words);
    } finally {
      button.disabled = false;
    }
  }

  if (window.jQuery) {
    const page = window.jQuery(document);
    page.on("pfAjaxSend", () => document.body.classList.add("busy"));
    page.on("pfAjaxComplete", (event, request, settings, answer) => {
      document.body.classList.remove("busy");
      const query = (answer || request.pfArgs || {}).query;
      if (query !== undefined) {
        history.replaceState(null, "", query ? "?" + query : location.pathname);
      }
    });
  }
})();
