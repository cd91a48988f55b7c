using System.Text.RegularExpressions;
using KnowledgeGraph.Domain.Entities;
using KnowledgeGraph.Domain.Facts;
using KnowledgeGraph.Domain.Values;
using KnowledgeGraph.Extraction.Reading;
using KnowledgeGraph.Extraction.Rules;
using KnowledgeGraph.Extraction.Values;

namespace KnowledgeGraph.Extraction.Facts.Prices;

/// <summary>
/// Price lists as tables: what a call, an hour of a chip, a month or a part costs. A column names the thing, whatever its place; what the
/// price is for stands in the header (输入, 输出, cached) or in a cell of the row (按需, 现货); beside the price may stand the one before
/// and the change.
/// </summary>
public static partial class PriceTagTableRules
{
    private static readonly string[] Input = ["输入", "input", "in", "prompt"];
    private static readonly string[] Output = ["输出", "output", "out", "completion"];
    private static readonly string[] Cached = ["缓存", "快取", "命中", "cached", "cache"];
    private static readonly string[] Missed = ["未命中", "miss", "uncached", "非缓存"];
    private static readonly string[] OnDemand = ["按需", "按量", "随需", "on-demand", "on demand"];
    private static readonly string[] Spot = ["现货", "竞价", "抢占", "spot"];

    private static readonly string[] Tokens = ["token", "tokens", "词元"];
    private static readonly string[] Hours = ["小时", "hour", "hr", "hrs", "卡时", "GPU时", "GPU-hour"];
    private static readonly string[] Rentals = ["时租", "月租", "租赁", "租金", "租价", "rental", "rentals", "lease"];
    private static readonly string[] Monthly = ["月租", "/月", "每月", "per month", "/month", "monthly", "a month"];
    private static readonly string[] Speeds = ["速度", "吞吐", "/s", "/秒", "每秒", "speed", "throughput", "per second", "得分", "score"];
    private static readonly string[] Plans = ["月费", "年费", "订阅", "套餐", "席位", "subscription", "per month", "/month", "seat", "plan", "plans", "会员"];
    private static readonly string[] Parts = ["现货价", "合约价", "现货均价", "合约均价", "现货", "存储", "DRAM", "NAND", "报价", "均价", "单卡价", "单价", "售价", "渠道价", "批价", "颗粒", "spot", "contract price", "contract", "ASP", "street price", "retail price"];

    private static readonly string[] Things = ["模型", "型号", "芯片", "GPU", "卡型", "算力卡", "规格", "品种", "产品", "套餐", "机型", "项目", "料号", "方案", "Model", "Chip", "Product", "Plan", "Item", "Spot item", "Part", "Tier"];
    private static readonly string[] Now = ["现价", "新价", "调整后", "最新", "本周", "本期", "本月", "本季", "当月", "当前", "现", "New", "Now", "Current", "Latest", "This week", "This month"];
    private static readonly string[] Any = ["价格", "均价", "报价", "单价", "月费", "价", "Price", "Rate", "Avg", "Average", "ASP", "Quote"];
    private static readonly string[] Before = ["原价", "旧价", "调整前", "上周", "前周", "上期", "前期", "上月", "前月", "上季", "前季", "前次", "前值", "此前", "Old", "Was", "Previous", "Prior", "Prev", "Before", "Last week", "Last month"];
    private static readonly string[] Moved = ["涨跌", "环比", "降幅", "跌幅", "涨幅", "幅度", "变动", "变化", "月增", "周增", "季增", "增减", "升跌", "Cut", "Change", "WoW", "w/w", "MoM", "m/m", "QoQ", "q/q", "Chg", "%"];
    private static readonly string[] Starts = ["生效", "执行", "起效", "Effective", "From date"];
    private static readonly string[] Falls = ["降", "跌", "cut"];

    public static IReadOnlyList<TableRule> All { get; } = [new("price/tag-table", Rows)];

    private sealed record Tag(string Instrument, string Kind, string Said);

    private sealed record PriceColumn(Column Price, Column? Before, Column? Change, string? Item);

    private static IEnumerable<FactDraft> Rows(TableContext table)
    {
        var said = Surroundings(table);
        if (TagOf(table, said) is not { } tag || NameColumn(table, tag) is not { } names)
            yield break;
        var items = ItemColumn(table, names);
        var prices = PriceColumns(table, names, items);
        foreach (var row in table.Rows)
        {
            var own = IsRental(row, names) ? new Tag("rental", EntityKind.Chip, tag.Said) : tag;
            if (Subject(table, own, row.Cells[names.Index], names) is not { } subject)
                continue;
            foreach (var column in prices)
            {
                if (row.Number(column.Price) is { } price)
                    yield return Draft(row, own, subject, column, price, column.Item ?? (items is null ? null : Item(row.Text(items))));
            }
        }
    }

    // GPU时租 before the name, among rows of parts.
    private static bool IsRental(TableRow row, Column names) =>
        row.Context.Columns.Any(column => column.Index < names.Index && TableColumns.ContainsAny(row.Text(column), Rentals));

    private static FactDraft Draft(TableRow row, Tag tag, Participant subject, PriceColumn column, decimal price, string? item)
    {
        var table = row.Context;
        var isFall = column.Change is { } change && Falls.Any(word => change.Header.Contains(word, StringComparison.OrdinalIgnoreCase)) && !change.Header.Contains("涨跌", StringComparison.Ordinal);
        var moved = row.Change(column.Change) is { } rate ? isFall ? -Math.Abs(rate) : rate : (decimal?)null;
        // 本周, 上周, 周环比 over the figures say how long; a new price list says nothing of the kind.
        var (period, when) = moved is null && column.Before is null ? (null, table.QuoteDay) : PriceTableRules.Period(table, string.Join(' ', column.Price.Header, column.Before?.Header, column.Change?.Header));
        return row.Draft("PriceChanged", [("subject", subject)],
            [
                ("instrument", tag.Instrument), ("period", period), ("price", price), ("previousPrice", row.Number(column.Before)), ("changePercent", moved),
                ("currency", Currency(row, column.Price, tag)), ("unit", UnitOf(tag, column.Price, item)), ("item", item),
            ],
            column.Price, column.Before, column.Change) with
        {
            When = Start(row)?.Text ?? when,
            Status = Start(row) is { } start && table.Report.ReportDate is { } today && start.Start > today ? FactStatus.Announced : FactStatus.Reported,
        };
    }

    // A column of days from which prices hold.
    private static PartialDate? Start(TableRow row) =>
        row.Context.Columns.FirstOrDefault(column => TableColumns.ContainsAny(column.Header, Starts)) is { } column && row.Text(column) is { Length: > 0 } text
            ? ValueParser.Parse(Text.Passage.Plain(text), row.Context.Report.Values).OfType<DateValue>().FirstOrDefault()?.Date : null;

    private static string Surroundings(TableContext table)
    {
        var heading = table.Block.Heading >= 0 ? table.Report.Document.Blocks[table.Block.Heading].Passage.Text : "";
        return string.Join(' ', table.Columns.Select(c => c.Header).Append(table.Caption).Append(heading).Append(table.Table.Note?.Text ?? ""));
    }

    private static Tag? TagOf(TableContext table, string said)
    {
        // A table of shares that quotes an hour or a month is one of shares.
        if (table.Column(ColumnRole.Rating) is not null || table.Column(ColumnRole.Code) is not null || table.Column(ColumnRole.MarketCap) is not null)
            return null;
        return TableColumns.ContainsAny(said, Tokens) ? new Tag("api", EntityKind.Model, said)
            : TableColumns.ContainsAny(said, Hours) ? new Tag("rental", EntityKind.Chip, said)
            : TableColumns.ContainsAny(said, Plans) ? new Tag("subscription", EntityKind.Product, said)
            : TableColumns.ContainsAny(said, Parts) ? new Tag("device", EntityKind.Product, said)
            : TableColumns.ContainsAny(said, Rentals) ? new Tag("rental", EntityKind.Chip, said)
            : null;
    }

    // What is priced: the column headed so, else the first whose cells mostly name something of the kind.
    private static Column? NameColumn(TableContext table, Tag tag)
    {
        var rows = table.Rows.ToList();
        bool Names(Column column) => rows.Count(row => Subject(table, tag, row.Cells[column.Index], column) is not null) * 2 > rows.Count;
        return table.Columns.FirstOrDefault(column => IsHeaded(table, column) && Names(column)) ?? table.Columns.FirstOrDefault(Names);
    }

    // A turned table has the things that it prices first.
    private static bool IsHeaded(TableContext table, Column column) => TableColumns.ContainsAny(column.Header, Things) || (table.Table.IsTurned && column.Index == 0);

    private static Column? ItemColumn(TableContext table, Column names)
    {
        var rows = table.Rows.ToList();
        return table.Columns.FirstOrDefault(column => column != names && rows.Count > 0 && rows.TrueForAll(row => Item(row.Text(column)) is not null && row.Number(column) is null));
    }

    private static List<PriceColumn> PriceColumns(TableContext table, Column names, Column? items)
    {
        // 输出速度（tokens/s）: a speed is no price.
        var figures = table.Columns.Where(column => column != names && column != items && !TableColumns.ContainsAny(column.Header, Speeds) && !TableColumns.ContainsAny(column.Header, Starts)).ToList();
        var change = figures.Find(column => TableColumns.ContainsAny(column.Header, Moved));
        figures = [.. figures.Where(column => column != change)];
        var byItem = items is null ? figures.Where(column => Item(column.Header) is not null).ToList() : [];
        // A change beside several kinds of price is that of the first.
        if (byItem.Count > 0)
            return [.. byItem.Where(column => !TableColumns.ContainsAny(column.Header, Before)).Select((column, i) => new PriceColumn(column, byItem.Find(other => TableColumns.ContainsAny(other.Header, Before) && Item(other.Header) == Item(column.Header)), i == 0 ? change : null, Item(column.Header)))];
        var before = figures.Find(column => TableColumns.ContainsAny(column.Header, Before));
        // 4月底 | 5月底: of two dates the later is now.
        if (before is null && figures.Where(column => column.Period is not null).ToList() is [var one, var two])
            return [string.CompareOrdinal(one.Period!.Label, two.Period!.Label) < 0 ? new PriceColumn(two, one, change, null) : new PriceColumn(one, two, change, null)];
        var now = figures.Find(column => column != before && TableColumns.ContainsAny(column.Header, Now)) ?? figures.Find(column => column != before && TableColumns.ContainsAny(column.Header, Any));
        return now is null ? [] : [new PriceColumn(now, before, change, null)];
    }

    private static string? Item(string text) =>
        TableColumns.ContainsAny(text, Missed) ? "input" : TableColumns.ContainsAny(text, Cached) ? "cached-input" : TableColumns.ContainsAny(text, Input) ? "input" : TableColumns.ContainsAny(text, Output) ? "output" : TableColumns.ContainsAny(text, OnDemand) ? "on-demand" : TableColumns.ContainsAny(text, Spot) ? "spot" : null;

    private static string? UnitOf(Tag tag, Column price, string? item) => tag.Instrument switch
    {
        "api" => (TableColumns.ContainsAny(tag.Said, ["千", "每千", "1K", "1k", "千tokens"]) && !TableColumns.ContainsAny(tag.Said, ["百万", "1M", "million"]) ? "1K" : "1M") + (item == "output" ? " output tokens" : item is null ? " tokens" : " input tokens"),
        "rental" => price.Unit.Per ?? (TableColumns.ContainsAny(tag.Said, Monthly) ? "month" : "hour"),
        "subscription" => price.Unit.Per ?? (TableColumns.ContainsAny(tag.Said, ["年费", "/年", "per year", "/year"]) ? "year" : "month"),
        _ => price.Unit.Per,
    };

    // What cell or header say, else caption and notes, else the report's home.
    private static string? Currency(TableRow row, Column price, Tag tag) =>
        row.Value(price) is MoneyValue { CurrencyStated: true } money ? money.Currency : price.Unit.Currency ?? Currencies.StatedIn(tag.Said, row.Context.Report.Values.HomeCurrency) ?? row.Context.Report.Metadata.HomeCurrency;

    /// <summary>What a row prices: the model or chip that its cell names (MiMo-V2-Pro, up to 256K); of other things, and under a header that says so, the cell itself.</summary>
    private static Participant? Subject(TableContext table, Tag tag, Cell cell, Column column)
    {
        var text = cell.Passage.Text.Trim();
        if (text.Length is 0 or > 60 || !text.Any(char.IsLetter) || ValueParser.ParseCell(text, table.Report.Values) is not null)
            return null;
        var name = NameFinder.Find(cell.Passage, table.Report.Vocabulary.Find(cell.Passage)).FirstOrDefault(n => n.Start <= cell.Passage.Text.Length / 2);
        if (name is not null && (name.Kind == tag.Kind || (name.Kind is null && tag.Instrument != "device")))
            return new Participant(name.Kind ?? tag.Kind, name.Text, name.Candidates);
        var isTaken = tag.Instrument is "device" or "subscription" || (IsHeaded(table, column) && name?.Kind is null or EntityKind.Product && table.Report.Vocabulary.MatchWhole(text)?.Kind is not EntityKind.Company);
        return isTaken && Item(text) is null ? Participant.Unknown(tag.Kind, PerPiece().Replace(text, "").TrimEnd('*', '†', '#', ' ')) : null;
    }

    // HBM3E 12-Hi(每颗), RDIMM 64GB（元/条）: the unit is no part of the name.
    [GeneratedRegex(@"\s?\((?:每|元|美元|US\$|\$|per |/)[^)]*\)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex PerPiece();
}
