import Foundation
import Reports

/// The page of a preview: the report, a line that says what is going on, and a script that asks.
enum PreviewPage {
  /// The report's page with the line and the script.
  static func dressed(_ content: PreviewState.Content) -> String {
    let extras = """
      <style>
      \(style)
      </style>
      <div id="labs-bar" role="status" aria-live="polite"></div>
      <script>
      const labsNews = \(news(content));
      \(script)
      </script>
      """
    guard let end = content.page.range(of: "</body>", options: .backwards) else {
      return content.page + extras
    }
    return content.page.replacingCharacters(in: end, with: extras + "\n</body>")
  }

  /// What is new, as JSON that may stand in a script.
  static func news(_ content: PreviewState.Content) -> String {
    struct News: Encodable {
      var version: Int
      var page: Int
      var activity: String
      var problem: String
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let data = try? encoder.encode(
      News(
        version: content.version, page: content.pageVersion, activity: content.activity,
        problem: content.problem))
    return String(decoding: data ?? Data("{}".utf8), as: UTF8.self)
      .replacing("<", with: "\\u003c")
  }

  /// A plain view of Markdown, for machines without pandoc.
  static func plain(_ markdown: String, title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTML.escaped(title))</title>
    <style>
    \(ReportPage.style)
    pre { white-space: pre-wrap; }
    </style>
    </head>
    <body>
    <main>
    <p><em>pandoc is not installed: this is the report's Markdown.</em></p>
    \(markdown.components(separatedBy: "\n\n").map { "<pre>\(HTML.escaped($0))</pre>" }.joined(separator: "\n"))
    </main>
    </body>
    </html>
    """
  }

  private static let style = """
    #labs-bar {
      position: fixed; left: 0; right: 0; bottom: 0; max-height: 50vh; overflow: auto; z-index: 9;
      font: 0.88rem/1.4 system-ui, sans-serif; color: #e6edf3; background: #161b22;
      border-top: 3px solid #3d444d; padding: 0.4rem 1rem;
    }
    #labs-bar:empty { display: none; }
    #labs-bar.wrong { border-color: #ff7b72; }
    #labs-bar pre {
      margin: 0.3rem 0; padding: 0; border: 0; background: none; color: inherit;
      white-space: pre-wrap; font-size: 0.82rem;
    }
    @keyframes labs-new { from { background: #ffe58a66; } to { background: none; } }
    .labs-new { animation: labs-new 1.6s ease-out; }
    """

  /// Asks for what is new. Of the report only the blocks that differ are replaced, and what stood at the
  /// top of the window stays there.
  private static let script = #"""
    (() => {
      const bar = document.getElementById("labs-bar");
      let { version, page } = labsNews;
      const tell = news => {
        bar.className = news.problem ? "wrong" : "";
        bar.replaceChildren();
        if (news.activity) bar.append(news.activity + " …");
        if (news.problem) {
          const words = document.createElement("pre");
          words.textContent = news.problem;
          bar.append(words);
        }
      };
      const renew = async () => {
        const text = await (await fetch("/page")).text();
        const fresh = new DOMParser().parseFromString(text, "text/html");
        document.title = fresh.title;
        const styles = fresh.querySelector("head style"), own = document.querySelector("head style");
        if (styles && !own) document.head.append(styles);
        const main = document.querySelector("main");
        const old = [...main.children], now = [...fresh.querySelector("main").children];
        const same = (a, b) => {
          a.classList.remove("labs-new");
          if (a.getAttribute("class") === "") a.removeAttribute("class");
          return a.outerHTML.replaceAll(' open=""', "") === b.outerHTML.replaceAll(' open=""', "");
        };
        let first = 0;
        while (first < old.length && first < now.length && same(old[first], now[first])) first++;
        let last = 0;
        while (last < old.length - first && last < now.length - first
          && same(old[old.length - 1 - last], now[now.length - 1 - last])) last++;
        const top = block => block.getBoundingClientRect().top;
        const seen = old.findIndex(block => block.getBoundingClientRect().bottom > 0);
        const height = seen < 0 ? 0 : top(old[seen]);
        const gone = old.slice(first, old.length - last);
        const come = now.slice(first, now.length - last);
        const behind = old[old.length - last] ?? null;
        const waiting = come.flatMap(block => [...block.querySelectorAll("img")]);
        // Between two changes blocks may be as they were: those stay, unfolded details and all.
        const placed = [];
        let from = 0;
        for (const block of come) {
          const twin = gone.findIndex((one, index) => index >= from && same(one, block));
          if (twin >= 0) from = twin + 1;
          else if (come.length < now.length) block.classList.add("labs-new");
          placed.push(twin >= 0 ? gone[twin] : block);
        }
        for (const block of gone) if (!placed.includes(block)) block.remove();
        for (const block of placed) main.insertBefore(block, behind);
        // Pictures have their heights once they are decoded.
        await Promise.all(waiting.map(image => image.decode().catch(() => {})));
        if (seen >= 0) {
          // A block that was replaced has its successor at the same distance from the first change.
          const place = old[seen].isConnected ? old[seen]
            : placed[Math.min(seen - first, placed.length - 1)] ?? behind ?? old[first - 1];
          if (place) scrollBy({ top: top(place) - height, behavior: "instant" });
        }
      };
      const watch = async () => {
        for (;;) {
          try {
            const news = await (await fetch("/state?after=" + version)).json();
            if (news.page !== page) await renew();
            ({ version, page } = news);
            tell(news);
          } catch {
            tell({ problem: "The preview has ended.", activity: "" });
            await new Promise(done => setTimeout(done, 700));
          }
        }
      };
      tell(labsNews);
      watch();
    })();
    """#
}
