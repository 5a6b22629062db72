// Runs before the first paint: knows the host, the colours and the language from the launch
// parameters, which the server never sees.
(() => {
  const root = document.documentElement;
  const read = (store, name) => {
    try { return window[store].getItem(name); } catch { return null; }
  };
  const parse = (json) => {
    try { return JSON.parse(json) || {}; } catch { return {}; }
  };
  const fragment = location.hash.slice(1);
  const given = new URLSearchParams(fragment.slice(fragment.indexOf("?") + 1));
  const kept = parse(read("sessionStorage", "__telegram__initParams"));
  const param = (name) => given.get(name) ?? kept[name];

  // A way into the shop other than its front: the server knows which codes there are.
  const start = given.get("tgWebAppStartParam");
  given.delete("tgWebAppStartParam");
  const carried = fragment.includes("=") ? "#" + given : "";
  const query = new URLSearchParams(location.search);
  let moved = false;
  if (start && location.pathname === "/" && !query.has("tgWebAppStartParam")) {
    query.set("tgWebAppStartParam", start);
    moved = true;
  }

  // The language: the buyer's choice, then that of the buyer's Telegram.
  const user = parse(new URLSearchParams(param("tgWebAppData") || "").get("user"));
  const wanted = [read("localStorage", "starfront.lang"), user.language_code]
    .map((tag) => tag && tag.slice(0, 2).toLowerCase())
    .find((tag) => root.dataset.langs.split(" ").includes(tag));
  if (wanted && wanted !== root.lang && !query.has("lang")) {
    query.set("lang", wanted);
    moved = true;
  }
  if (moved) location.replace(`${location.pathname}?${query}${carried}`);

  root.dataset.host = param("tgWebAppPlatform") || param("tgWebAppData") ? "telegram" : "browser";
  if (/Telegram-Android.*\bLOW\)/.test(navigator.userAgent)) root.dataset.motion = "less";

  // Relative luminance and contrast as WCAG 2 defines them.
  const light = (colour) =>
    [1, 3, 5].reduce((sum, at, i) => {
      const part = parseInt(colour.slice(at, at + 2), 16) / 255;
      const linear = part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      return sum + linear * [0.2126, 0.7152, 0.0722][i];
    }, 0);
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const paint = (theme) => {
    const colours = {};
    for (const [name, value] of Object.entries(theme)) {
      if (!/^#[0-9a-f]{6}$/i.test(value)) continue;
      colours[name] = value;
      root.style.setProperty("--tg-theme-" + name.replaceAll("_", "-"), value);
    }
    const { bg_color, text_color, button_color, button_text_color } = colours;
    if (!bg_color) return;
    root.style.setProperty("--tg-color-scheme", light(bg_color) < 0.18 ? "dark" : "light");
    const readable =
      (!text_color || contrast(bg_color, text_color) >= 4.5) &&
      (!button_color || !button_text_color || contrast(button_color, button_text_color) >= 3);
    if (readable) delete root.dataset.contrast;
    else root.dataset.contrast = "fixed";
  };
  paint(parse(read("sessionStorage", "__telegram__themeParams") || param("tgWebAppThemeParams")));
  addEventListener("DOMContentLoaded", () => {
    const app = window.Telegram?.WebApp;
    if (!app) return;
    // Telegram's own button takes the theme's colours, or those that the page took instead.
    const dress = () => {
      const token = (name) =>
        (root.dataset.contrast && getComputedStyle(root).getPropertyValue(name).trim()) || false;
      app.MainButton.setParams({ color: token("--accent"), text_color: token("--on-accent") });
    };
    if (root.dataset.contrast) dress();
    for (const event of ["themeChanged", "activated"]) {
      app.onEvent(event, () => {
        paint(app.themeParams);
        dress();
      });
    }
  });

  // A way back slides the other way: style/motion.css.
  for (const event of ["pageswap", "pagereveal"]) {
    addEventListener(event, ({ activation = window.navigation?.activation, viewTransition }) => {
      const { navigationType, entry, from } = activation ?? {};
      if (navigationType === "traverse" && entry.index < from?.index) viewTransition?.types.add("back");
    });
  }

  // iOS shows what is pressed only where somebody listens to touches.
  document.addEventListener("touchstart", () => {}, { passive: true });

  // Where nothing can be kept, the launch parameters go along from page to page.
  if (carried && read("sessionStorage", "__telegram__initParams") === null) {
    addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href^="/"]');
      if (link && !storageWorks()) link.hash = carried;
    }, true);
  }
  function storageWorks() {
    return read("sessionStorage", "__telegram__initParams") !== null;
  }
})();
