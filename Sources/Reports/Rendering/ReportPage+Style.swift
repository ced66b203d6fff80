extension ReportPage {
  /// How a page looks: on a desk, on a phone, in the dark, on paper.
  package static let style = """
    :root {
      color-scheme: light dark;
      --text: #1f2328; --muted: #59636e; --page: #ffffff; --panel: #f6f8fa; --line: #d1d9e0;
      --link: #0550ae; --good: #1a7f37; --bad: #cf222e;
      --keyword: #a626a4; --type: #986801; --string: #3a7d34; --number: #b04a00; --comment: #6a737d;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --text: #e6edf3; --muted: #9198a1; --page: #0d1117; --panel: #161b22; --line: #3d444d;
        --link: #6cb0ff; --good: #56d364; --bad: #ff7b72;
        --keyword: #d2a8ff; --type: #e3b341; --string: #8ddb8c; --number: #ffa657;
        --comment: #8b949e;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0; color: var(--text); background: var(--page);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
    }
    main { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: break-word; }
    h1, h2, h3, h4 { line-height: 1.25; margin: 1.8em 0 0.6em; }
    h1 { font-size: 1.9rem; margin-top: 0.5em; }
    h2 { font-size: 1.45rem; border-bottom: 1px solid var(--line); padding-bottom: 0.25em; }
    a { color: var(--link); }
    img { max-width: 100%; height: auto; }
    pre, code { font-family: ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace; }
    code { font-size: 0.88em; background: var(--panel); border-radius: 4px; padding: 0.1em 0.3em; }
    pre {
      background: var(--panel); border: 1px solid var(--line); border-radius: 6px;
      padding: 0.7rem 0.9rem; overflow-x: auto; line-height: 1.4;
    }
    pre code { background: none; padding: 0; font-size: 0.84rem; }
    pre code > span > a { display: none; }
    pre.text { border-style: dashed; }
    table { display: block; max-width: 100%; overflow-x: auto; border-collapse: collapse; margin: 1em 0; }
    th, td { border: 1px solid var(--line); padding: 0.3em 0.7em; font-variant-numeric: tabular-nums; }
    th { background: var(--panel); }
    blockquote {
      margin: 1em 0; padding: 0.1em 1em; border-left: 4px solid var(--line); color: var(--muted);
    }
    math { font-size: 1.08em; }
    math[display="block"] { display: block math; overflow-x: auto; overflow-y: hidden; margin: 1em 0; }
    .equation > p { display: flex; align-items: center; gap: 1em; }
    .equation math { flex: 1; min-width: 0; }
    details { margin: 1em 0; }
    summary { cursor: pointer; color: var(--muted); }
    #contents { border: 1px solid var(--line); border-radius: 6px; padding: 0.4rem 1rem; margin: 1.5em 0; }
    #contents ul { padding-left: 1.2em; margin: 0.3em 0; }
    .holds { color: var(--good); font-weight: bold; }
    .fails { color: var(--bad); font-weight: bold; }
    .kw, .cf, .im { color: var(--keyword); }
    .dt, .va { color: var(--type); }
    .st, .ss, .ch, .sc { color: var(--string); }
    .dv, .fl, .bn, .cn { color: var(--number); }
    .co, .do, .an { color: var(--comment); font-style: italic; }
    @media (max-width: 30rem) {
      main { padding: 0.75rem 0.8rem 3rem; }
      h1 { font-size: 1.5rem; }
      h2 { font-size: 1.25rem; }
    }
    @page { size: A4; margin: 20mm 18mm; }
    @media print {
      :root {
        color-scheme: light;
        --text: #000; --muted: #333; --page: #fff; --panel: #f6f8fa; --line: #bbb; --link: #000;
        --good: #1a7f37; --bad: #b00020;
      }
      body { font-size: 10.5pt; }
      main { max-width: none; padding: 0; }
      a { text-decoration: none; }
      h1, h2, h3, h4, summary { break-after: avoid; }
      img, tr, blockquote, #contents { break-inside: avoid; }
      /* A caption stays with its figure above it, or with its table below it. */
      p:has(img), p:has(+ table), p:has(+ .table) { break-after: avoid; }
      p, li, pre { orphans: 3; widows: 3; }
      /* Nothing folds on paper: what only opens code goes, what names a hint stays. */
      summary { list-style: none; color: var(--text); }
      summary::-webkit-details-marker { display: none; }
      summary:not(:has(b)) { display: none; }
      pre { white-space: pre-wrap; overflow: visible; }
      pre code { font-size: 8.5pt; }
      table { display: table; overflow: visible; font-size: 9pt; max-width: 100%; }
      th, td { padding: 0.2em 0.45em; }
      td code { overflow-wrap: anywhere; }
    }
    """
}
