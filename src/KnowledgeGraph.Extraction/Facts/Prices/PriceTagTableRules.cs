using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Rules;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>Price lists as tables: models by row, what a call costs by column (输入, 输出, In, Out, cached input).</summary>
public static class PriceTagTableRules
{
    private static readonly string[] Input = ["输入", "input", "in", "prompt"];
    private static readonly string[] Output = ["输出", "output", "out", "completion"];
    private static readonly string[] Cached = ["缓存", "cached", "cache"];
    private static readonly string[] Tokens = ["token", "tokens", "词元"];

    public static IReadOnlyList<TableRule> All { get; } = [new("price/token-table", Rows), new("price/item-table", ItemRows)];

    private static IEnumerable<FactDraft> Rows(TableContext table)
    {
        var items = table.Columns.Select(column => (Column: column, Item: Item(column.Header))).Where(c => c.Item is not null && c.Column.Index > 0).ToList();
        if (items.Count == 0 || !SpeaksOfTokens(table))
            yield break;
        foreach (var row in table.Rows)
        {
            if (Subject(table, row.Cells[0]) is not { } subject)
                continue;
            foreach (var (column, item) in items)
            {
                if (row.Number(column) is not { } price)
                    continue;
                yield return row.Draft("PriceChanged", [("subject", subject)],
                    [
                        ("instrument", "api"), ("price", price), ("currency", row.Currency(column, subject) ?? table.Report.Metadata.HomeCurrency),
                        ("unit", item == "output" ? "1M output tokens" : "1M input tokens"), ("item", item),
                    ],
                    column) with
                {
                    When = table.QuoteDay,
                };
            }
        }
    }

    // 模型 | 计费项 | 原价 | 现价 | 降幅: one price a row, what it is for in a cell of its own.
    private static IEnumerable<FactDraft> ItemRows(TableContext table)
    {
        var rows = table.Rows.ToList();
        var items = table.Columns.FirstOrDefault(column => column.Index > 0 && rows.Count > 0 && rows.TrueForAll(row => Item(row.Text(column)) is not null));
        Column? Headed(params string[] words) => table.Columns.FirstOrDefault(column => column.Index > 0 && column != items && words.Any(word => column.Header.Contains(word, StringComparison.OrdinalIgnoreCase)));
        var price = Headed("现价", "新价", "调整后", "New", "Now") ?? Headed("价格", "Price");
        if (items is null || price is null || !SpeaksOfTokens(table))
            yield break;
        var (before, change) = (Headed("原价", "旧价", "调整前", "Old", "Was"), Headed("降幅", "跌幅", "涨幅", "幅度", "Cut", "Change"));
        var isCut = change?.Header is { } header && (header.Contains('降', StringComparison.Ordinal) || header.Contains('跌', StringComparison.Ordinal) || header.Contains("cut", StringComparison.OrdinalIgnoreCase));
        foreach (var row in rows)
        {
            if (row.Number(price) is not { } now || Subject(table, row.Cells[0]) is not { } subject)
                continue;
            var item = Item(row.Text(items));
            var moved = row.Number(change) is { } rate ? isCut ? -Math.Abs(rate) : rate : (decimal?)null;
            yield return row.Draft("PriceChanged", [("subject", subject)],
                [
                    ("instrument", "api"), ("price", now), ("previousPrice", row.Number(before)), ("changePercent", moved), ("currency", row.Currency(price, subject) ?? table.Report.Metadata.HomeCurrency),
                    ("unit", item == "output" ? "1M output tokens" : "1M input tokens"), ("item", item),
                ],
                price, before, change) with
            {
                When = table.QuoteDay,
            };
        }
    }

    private static string? Item(string header) =>
        Has(header, Cached) ? "cached-input" : Has(header, Input) ? "input" : Has(header, Output) ? "output" : null;

    private static bool SpeaksOfTokens(TableContext table)
    {
        var heading = table.Block.Heading >= 0 ? table.Report.Document.Blocks[table.Block.Heading].Passage.Text : "";
        return Has(string.Join(' ', table.Columns.Select(c => c.Header).Append(table.Caption).Append(heading).Append(table.Table.Note?.Text ?? "")), Tokens);
    }

    /// <summary>The model of a row: what stands before a comma or bracket (MiMo-V2-Pro, up to 256K).</summary>
    private static Participant? Subject(TableContext table, Cell cell)
    {
        var name = NameFinder.Find(cell.Passage, table.Report.Vocabulary.Find(cell.Passage)).FirstOrDefault(n => n.Start <= cell.Passage.Text.Length / 2);
        return name is { Kind: null or EntityKind.Model } ? new Participant(EntityKind.Model, name.Text, name.Candidates) : null;
    }

    private static bool Has(string text, string[] words) => words.Any(word =>
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (!char.IsAsciiLetter(word[0]) || ((at == 0 || !char.IsAsciiLetter(text[at - 1])) && (at + word.Length >= text.Length || !char.IsAsciiLetter(text[at + word.Length]))));
    });
}
