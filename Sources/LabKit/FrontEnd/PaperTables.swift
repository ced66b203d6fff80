/// How wide the columns of tables are on paper.
///
/// Markdown has no words for it, and pandoc then leaves it to each program: Word fits columns to their
/// text, LibreOffice makes them all alike, and LaTeX lets them run off the page. A filter, which pandoc
/// runs itself, gives each column a share of the page after the length of its text, and never less
/// than its longest word needs.
enum PaperTables {
  /// The filter, in pandoc's Lua; for 2.17 and 3.
  static let filter = """
    -- How many characters stand on a line of the page.
    local page = 74

    local function width(text) return utf8.len(text) or #text end

    local function read(rows, least, most)
      for _, row in ipairs(rows) do
        for i, cell in ipairs(row.cells or row[2]) do
          local text = pandoc.utils.stringify(cell.contents or cell[5])
          for word in text:gmatch("%S+") do least[i] = math.max(least[i] or 3, width(word)) end
          most[i] = math.max(most[i] or 3, width(text))
        end
      end
    end

    function Table(tbl)
      local least, most = {}, {}
      read(tbl.head.rows or tbl.head[2], least, most)
      for _, body in ipairs(tbl.bodies) do read(body.body, least, most) end
      local wanted, needed, count = 0, 0, #tbl.colspecs
      for i = 1, count do
        -- A word that fits no page is broken, and takes no more than half of it.
        least[i] = math.min((least[i] or 3) + 3, page // 2)
        most[i] = math.max((most[i] or 3) + 3, least[i])
        wanted, needed = wanted + most[i], needed + least[i]
      end
      for i = 1, count do
        local share
        if wanted <= page then
          share = most[i] / page
        elseif needed >= page then
          share = least[i] / needed
        else
          -- What is left after the longest words goes to those who want more.
          share = (least[i] + (page - needed) * (most[i] - least[i]) / (wanted - needed)) / page
        end
        tbl.colspecs[i] = {tbl.colspecs[i][1], share}
      end
      return tbl
    end
    """
}
