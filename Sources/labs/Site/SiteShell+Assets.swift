import Reports

/// How pages look, and how they are searched.
extension SiteShell {
  /// The style of single pages, and what a site has besides.
  static let style =
    ReportPage.style + """

      body { display: flex; flex-direction: column; min-height: 100vh; }
      main { flex: 1; width: 100%; }
      .bar {
        display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1.2rem; padding: 0.6rem 1rem;
        background: var(--panel); border-bottom: 1px solid var(--line); position: sticky; top: 0;
        z-index: 2;
      }
      .bar a { text-decoration: none; }
      .home { font-weight: bold; color: var(--text); }
      .bar search { margin-left: auto; }
      #search {
        font: inherit; width: 14rem; max-width: 100%; padding: 0.3rem 0.6rem; color: var(--text);
        background: var(--page); border: 1px solid var(--line); border-radius: 6px;
      }
      #found {
        position: sticky; top: 3rem; z-index: 1; max-height: 75vh; overflow-y: auto;
        background: var(--page); border-bottom: 1px solid var(--line); padding: 0.5rem 1rem 1rem;
      }
      #found ol { max-width: 50rem; margin: 0 auto; padding: 0; list-style: none; }
      #found li { margin: 0.7rem 0; }
      #found p { margin: 0.1rem 0; color: var(--muted); font-size: 0.92rem; }
      mark { background: #ffe58a; color: #1f2328; border-radius: 2px; }
      :target, [id] { scroll-margin-top: 4rem; }
      footer {
        max-width: 50rem; width: 100%; margin: 0 auto; padding: 1rem 1rem 2.5rem; color: var(--muted);
        border-top: 1px solid var(--line); font-size: 0.92rem;
      }
      .turn { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; justify-content: space-between; }
      .turn .next { margin-left: auto; text-align: right; }
      .cards {
        display: grid; gap: 1rem; margin: 1.5rem 0 2.5rem;
        grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr));
      }
      .card {
        display: flex; flex-direction: column; gap: 0.35rem; padding: 0.8rem; color: var(--text);
        border: 1px solid var(--line); border-radius: 8px; text-decoration: none;
      }
      .card:hover, .card:focus-visible { border-color: var(--link); }
      .frame {
        height: 8rem; overflow: hidden; border-radius: 4px; background: #fff; display: block;
      }
      .frame:empty { display: none; }
      .frame img { width: 100%; height: 100%; object-fit: contain; }
      .about {
        color: var(--muted); font-size: 0.9rem; display: -webkit-box; -webkit-box-orient: vertical;
        -webkit-line-clamp: 4; line-clamp: 4; overflow: hidden;
      }
      .mark { color: var(--muted); font-size: 0.9rem; margin-top: auto; }
      .claims { padding-left: 0; list-style: none; }
      .claims li { margin: 0.6rem 0; }
      .alert { border-left-color: var(--link); color: var(--text); }
      .alert.warning, .alert.caution { border-left-color: var(--bad); }
      .alert.tip { border-left-color: var(--good); }
      .alert-title { font-weight: bold; margin-bottom: 0; }
      picture img[width] { height: auto; }
      @media (max-width: 30rem) {
        .bar search { flex-basis: 100%; }
        #search { width: 100%; }
        #found { top: 5.5rem; max-height: 65vh; }
      }
      @media print { .bar, .turn, #found { display: none; } }
      """

  /// The search: it loads the texts when somebody wants to search, from a script beside the pages, so
  /// that no server is needed.
  static let script = #"""
    (() => {
      const root = document.currentScript.dataset.root;
      const field = document.getElementById("search");
      const found = document.getElementById("found");
      field.hidden = false;
      let loading;
      const load = () => loading ??= new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = root + "search.js";
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      });
      const plain = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
      const element = (name, parent, text) => {
        const one = document.createElement(name);
        if (text) one.textContent = text;
        parent.append(one);
        return one;
      };
      // Words of the question are marked where they stand; everything else stays text.
      const marked = (parent, text, words) => {
        const low = text.toLowerCase();
        let at = 0;
        while (at < text.length) {
          let next = -1, length = 0;
          for (const word of words) {
            const place = low.indexOf(word, at);
            if (place >= 0 && (next < 0 || place < next)) { next = place; length = word.length; }
          }
          if (next < 0 || low.length !== text.length) break;
          parent.append(text.slice(at, next));
          element("mark", parent, text.slice(next, next + length));
          at = next + length;
        }
        parent.append(text.slice(at));
      };
      const search = async () => {
        const words = field.value.toLowerCase().split(/\s+/).filter(word => word);
        found.replaceChildren();
        found.hidden = words.length === 0;
        if (found.hidden) return;
        await load();
        const wanted = words.map(plain);
        const hits = [];
        for (const section of window.labsSections) {
          const head = plain(section.title + " " + section.heading), text = plain(section.text);
          if (!wanted.every(word => head.includes(word) || text.includes(word))) continue;
          const points = wanted.reduce((sum, word) => sum
            + (plain(section.heading).includes(word) ? 10 : 0) + (head.includes(word) ? 5 : 0)
            + Math.min(4, text.split(word).length - 1), 0);
          hits.push([points, section]);
        }
        hits.sort((a, b) => b[0] - a[0]);
        const list = element("ol", found);
        if (!hits.length) element("li", list, "Nothing found.");
        for (const [, section] of hits.slice(0, 30)) {
          const item = element("li", list);
          const link = element("a", item);
          link.href = root + encodeURI(section.page) + (section.anchor ? "#" + section.anchor : "");
          link.addEventListener("click", () => { found.hidden = true; });
          marked(link, section.title
            + (section.heading && section.heading !== section.title ? " › " + section.heading : ""), words);
          const low = section.text.toLowerCase();
          const first = Math.max(0, ...words.map(word => low.indexOf(word)));
          const start = section.text.lastIndexOf(" ", Math.max(0, first - 60)) + 1;
          marked(element("p", item),
            (start ? "…" : "") + section.text.slice(start, start + 220)
              + (section.text.length > start + 220 ? "…" : ""), words);
        }
      };
      field.addEventListener("input", search);
      field.addEventListener("focus", load);
      document.addEventListener("keydown", event => {
        if (event.key === "Escape") { field.value = ""; found.hidden = true; }
        if (event.key === "/" && document.activeElement === document.body) {
          event.preventDefault();
          field.focus();
        }
      });
    })();
    """#
}
